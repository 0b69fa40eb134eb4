package dev.cadre.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.testcontainers.containers.PostgreSQLContainer;

/**
 * Gives every Spring test the same real PostgreSQL, started once for each test JVM: the embedded one, or with {@code
 * -Pcontainers} one in a container. Registered in {@code META-INF/spring.factories}.
 */
public final class TestDatabase implements ContextCustomizerFactory {

    /** One for all, since all share a database. */
    private static final String MASTER_KEY = "dGVzdC10ZXN0LXRlc3QtdGVzdC10ZXN0LXRlc3QtISE=";

    private record Address(String url, String user, String password) {}

    private static final class Holder {
        static final Address ADDRESS = Boolean.getBoolean("cadre.test.containers") ? container() : embedded();
    }

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return new Customizer();
    }

    /** What a hub in a process of its own needs to use the same database server. */
    public static Map<String, String> environment() {
        var address = Holder.ADDRESS;
        return Map.of(
                "CADRE_DB_URL", address.url(),
                "CADRE_DB_USER", address.user(),
                "CADRE_DB_PASSWORD", address.password(),
                "CADRE_MASTER_KEY", MASTER_KEY);
    }

    /** The same for a command of the operator's. */
    static Map<String, String> commandSettings() {
        var environment = environment();
        return Map.of(
                "cadre.db.url", environment.get("CADRE_DB_URL"),
                "cadre.db.user", environment.get("CADRE_DB_USER"),
                "cadre.db.password", environment.get("CADRE_DB_PASSWORD"),
                "cadre.master-key", environment.get("CADRE_MASTER_KEY"));
    }

    /** What a hub needs for a database that nobody else has: no hub of another test is a node of the same installation. */
    public static Map<String, String> emptyDatabase() {
        var address = Holder.ADDRESS;
        var name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        var environment = new HashMap<>(environment());
        environment.put("CADRE_DB_URL", address.url().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"));
        return environment;
    }

    private record Customizer() implements ContextCustomizer {
        @Override
        public void customizeContext(
                org.springframework.context.ConfigurableApplicationContext context,
                org.springframework.test.context.MergedContextConfiguration configuration) {
            var address = Holder.ADDRESS;
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "testDatabase",
                            Map.of(
                                    "cadre.db.url", address.url(),
                                    "cadre.db.user", address.user(),
                                    "cadre.db.password", address.password(),
                                    "cadre.db.pool", "8",
                                    "cadre.master-key", MASTER_KEY,
                                    "cadre.home", home(),
                                    // The tests of one room have only some of the probes.
                                    "management.endpoint.health.validate-group-membership", "false")));
        }
    }

    private static String home() {
        try {
            var home = Files.createTempDirectory("cadre-test");
            home.toFile().deleteOnExit();
            return home.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Address embedded() {
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("max_connections", "200")
                    .setRegisterShutdownHook(false)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAfterTheHubs(postgres)));
            return new Address("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", "postgres", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hubs of the test JVM stop by hooks of their own, all at once, and still want to sign off. */
    private static void stopAfterTheHubs(EmbeddedPostgres postgres) {
        try {
            Thread.sleep(4_000);
            postgres.close();
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Address container() {
        var postgres = new PostgreSQLContainer<>("postgres:18-alpine");
        postgres.start();
        return new Address(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
    }
}
