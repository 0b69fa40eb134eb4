package dev.cadre.platform;

import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the operator's commands stand on: the hub's database and its keys, and nothing that migrates or runs. Not marked as a
 * configuration: the hub must not find it.
 */
@EnableTransactionManagement
@ConfigurationPropertiesScan({"dev.cadre.platform.database", "dev.cadre.platform.secret"})
@ComponentScan({"dev.cadre.platform.database", "dev.cadre.platform.secret"})
class CommandBeans {

    /** {@code more} settings than the environment's. */
    static ConfigurableApplicationContext start(Class<?> command, Map<String, String> more) {
        var settings = Stream.concat(
                Stream.of("--logging.level.root=warn", "--cadre.db.join=true", "--cadre.db.pool=2"),
                more.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue()));
        return new SpringApplicationBuilder(command)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(settings.toArray(String[]::new));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    JsonMapper jsonMapper() {
        return JsonMapper.shared();
    }

    @Bean
    JdbcClient jdbcClient(DataSource source) {
        return JdbcClient.create(source);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource source) {
        return new JdbcTransactionManager(source);
    }

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }
}
