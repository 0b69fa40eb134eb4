package dev.cadre.platform.shared;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Reads secrets from the files that {@code …_FILE} names and refuses wrong operator settings before anything starts,
 * with one sentence each.
 */
class OperatorSettings implements EnvironmentPostProcessor {

    /** {@code CADRE_MASTER_KEY_FILE} is not among them: the room of secrets reads it itself. */
    private static final List<String> SECRETS =
            List.of("CADRE_DB_PASSWORD", "CADRE_SMTP_URL", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY");

    private static final String PLAIN = "text";
    private static final List<String> LOG_FORMATS = List.of(PLAIN, "ecs", "gelf", "logstash");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final List<String> PLUGIN_ADMINS = List.of("first-organization", "every-organization");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var read = new HashMap<String, Object>();
        for (var secret : SECRETS) {
            var file = text(environment, secret + "_FILE");
            if (!file.isEmpty() && text(environment, secret).isEmpty()) {
                read.put(secret, content(secret + "_FILE", file));
            }
        }
        environment.getPropertySources().addFirst(new MapPropertySource("cadreSecretFiles", read));
        checkPort("CADRE_PORT", 0, text(environment, "CADRE_PORT"));
        checkPort("CADRE_CLUSTER_PORT", 1, text(environment, "CADRE_CLUSTER_PORT"));
        checkPublicUrl(text(environment, "CADRE_PUBLIC_URL"));
        if (!text(environment, "CADRE_TLS_CERT").isEmpty()
                && text(environment, "CADRE_PUBLIC_URL").isEmpty()) {
            read.put("CADRE_PUBLIC_URL", "https://localhost:${server.port}");
        }
        var admins = text(environment, "CADRE_PLUGIN_ADMINS");
        if (!admins.isEmpty()
                && !PLUGIN_ADMINS.contains(admins)
                && !ID.matcher(admins).matches()) {
            throw new SettingException("CADRE_PLUGIN_ADMINS must be " + String.join(", ", PLUGIN_ADMINS)
                    + " or the id of an organization (lower case), not '" + admins + "'.");
        }
        var format = text(environment, "CADRE_LOG_FORMAT");
        if (!format.isEmpty() && !LOG_FORMATS.contains(format)) {
            throw new SettingException(
                    "CADRE_LOG_FORMAT must be " + String.join(", ", LOG_FORMATS) + ", not '" + format + "'.");
        }
        if (!format.isEmpty() && !format.equals(PLAIN)) {
            read.put("logging.structured.format.console", format);
        }
        var database = text(environment, "CADRE_DB_URL");
        if (!database.isEmpty() && !database.startsWith("jdbc:postgresql:")) {
            throw new SettingException(
                    "CADRE_DB_URL must be the JDBC URL of a PostgreSQL, such as jdbc:postgresql://localhost:5432/cadre.");
        }
    }

    private static void checkPort(String name, int least, String port) {
        if (port.isEmpty()) {
            return;
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < least || Integer.parseInt(port) > 65_535) {
            throw new SettingException(
                    name + " must be a port number from " + least + " to 65535, not '" + port + "'.");
        }
    }

    private static void checkPublicUrl(String url) {
        if (url.isEmpty()) {
            return;
        }
        try {
            var parsed = URI.create(url);
            if (parsed.getHost() != null && List.of("http", "https").contains(parsed.getScheme())) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new SettingException(
                "CADRE_PUBLIC_URL must be an address such as https://cadre.example.com, not '" + url + "'.");
    }

    private static String content(String setting, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new SettingException(setting + " names a file that can't be read: " + file, e);
        }
    }

    private static String text(ConfigurableEnvironment environment, String name) {
        var value = environment.getProperty(name);
        return value == null ? "" : value.strip();
    }
}
