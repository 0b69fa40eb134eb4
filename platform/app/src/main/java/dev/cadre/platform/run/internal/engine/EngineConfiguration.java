package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.shared.Ids;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.db.DbSqlSessionFactory;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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
        settings.setPostBpmnParseHandlers(List.of(new EventBehaviors()));
        settings.setActivityInstanceEntityManager(new PathRecorder(settings));
        return settings;
    }

    /** The engine makes its tables by itself: nodes that start on an empty database at once do it one after the other. */
    @Bean(destroyMethod = "close")
    ProcessEngine processEngine(
            SpringProcessEngineConfiguration settings,
            @Qualifier("dataSource") DataSource dataSource,
            PlatformTransactionManager transactions) {
        var lock = JdbcClient.create(dataSource);
        var engine = new TransactionTemplate(transactions).execute(_ -> {
            lock.sql("select pg_advisory_xact_lock(hashtextextended('engine-tables', 60))")
                    .query((_, _) -> 1)
                    .single();
            return settings.buildProcessEngine();
        });
        return Objects.requireNonNull(engine);
    }
}
