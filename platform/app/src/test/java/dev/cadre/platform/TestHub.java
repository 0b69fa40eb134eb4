package dev.cadre.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A hub of a test's own inside the test's process: with settings, or a database, that no other test shall have. */
public final class TestHub implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestHub(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts a hub; {@code database} as {@link TestDatabase#environment()} gives it. */
    public static TestHub start(Map<String, String> database, String... properties) {
        var arguments = new ArrayList<String>();
        arguments.add("--server.port=0");
        arguments.add("--cadre.home=" + home());
        arguments.add("--cadre.db.url=" + database.get("CADRE_DB_URL"));
        arguments.add("--cadre.db.user=" + database.get("CADRE_DB_USER"));
        arguments.add("--cadre.db.password=" + database.get("CADRE_DB_PASSWORD"));
        arguments.add("--cadre.master-key=" + database.get("CADRE_MASTER_KEY"));
        arguments.add("--cadre.egress-allow=127.0.0.1");
        for (var property : properties) {
            arguments.add("--" + property);
        }
        return new TestHub(new SpringApplicationBuilder(CadreApplication.class).run(arguments.toArray(String[]::new)));
    }

    private static String home() {
        try {
            return Files.createTempDirectory("cadre-hub").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    @Override
    public void close() {
        context.close();
    }
}
