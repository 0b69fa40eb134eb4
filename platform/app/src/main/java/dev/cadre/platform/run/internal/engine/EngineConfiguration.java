package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.shared.Ids;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.db.DbSqlSessionFactory;
import org.flowable.engine.ProcessEngine;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Builds the process engine without what we do not use: no history, no variables of ours, no jobs, no identity, no
 * scripts, no beans, no expression language.
 */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    @Bean
    SpringProcessEngineConfiguration engineSettings(
            @Qualifier("dataSource") DataSource dataSource, PlatformTransactionManager transactions) {
        var settings = new SpringProcessEngineConfiguration() {
            @Override
            public DbSqlSessionFactory createDbSqlSessionFactory() {
                return new ElidingSessionFactory(usePrefixId);
            }
        };
        EngineTables.choose(settings);
        settings.setDataSource(dataSource);
        settings.setTransactionManager(transactions);
        settings.setDatabaseSchemaUpdate("false");
        settings.setIdGenerator(() -> Ids.create().toString());
        settings.setParallelMultiInstanceAsyncLeave(false);
        settings.setDeploymentResources(new org.springframework.core.io.Resource[0]);
        settings.setBeans(Map.of());
        settings.setExpressionManager(new ConditionExpressions());
        settings.setActivityBehaviorFactory(new Behaviors());
        settings.setPostBpmnParseHandlers(List.of(new EventBehaviors()));
        settings.setActivityInstanceEntityManager(new PathRecorder(settings));
        return settings;
    }

    /** The engine makes and changes its tables as their owner, before it works with them. */
    @Bean
    @DependsOnDatabaseInitialization
    EngineTables engineTables(@Qualifier("ownerDataSource") DataSource owner) {
        return EngineTables.ready(owner);
    }

    @Bean(destroyMethod = "close")
    ProcessEngine processEngine(SpringProcessEngineConfiguration settings, EngineTables tables) {
        Objects.requireNonNull(tables);
        return settings.buildProcessEngine();
    }
}
