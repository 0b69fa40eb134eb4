package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.shared.Ids;
import java.util.Map;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.db.DbSqlSessionFactory;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
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
        settings.setDataSource(dataSource);
        settings.setTransactionManager(transactions);
        settings.setDatabaseType("postgres");
        settings.setDatabaseSchemaUpdate("true");
        settings.setIdGenerator(() -> Ids.create().toString());
        settings.setHistoryLevel(HistoryLevel.NONE);
        settings.setAsyncExecutorActivate(false);
        settings.setParallelMultiInstanceAsyncLeave(false);
        settings.setDisableIdmEngine(true);
        settings.setDisableEventRegistry(true);
        settings.setEnableEventDispatcher(false);
        settings.setEnableConfiguratorServiceLoader(false);
        settings.setDeploymentResources(new org.springframework.core.io.Resource[0]);
        settings.setBeans(Map.of());
        settings.setExpressionManager(new ConditionExpressions());
        settings.setActivityBehaviorFactory(new Behaviors());
        settings.setActivityInstanceEntityManager(new PathRecorder(settings));
        return settings;
    }

    @Bean(destroyMethod = "close")
    ProcessEngine processEngine(SpringProcessEngineConfiguration settings) {
        return settings.buildProcessEngine();
    }
}
