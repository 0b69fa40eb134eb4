package dev.cadre.platform.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class OperatorSettingsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "CADRE_PORT, eighty",
        "CADRE_PORT, 70000",
        "CADRE_PLUGIN_ADMINS, everybody",
        "CADRE_CLUSTER_PORT, 0",
        "CADRE_CLUSTER_PORT, any",
        "CADRE_PUBLIC_URL, cadre.example.com",
        "CADRE_PUBLIC_URL, ftp://cadre.example.com",
        "CADRE_DB_URL, postgres://localhost/cadre",
        "CADRE_DB_PASSWORD_FILE, /no/such/file",
        "CADRE_LOG_FORMAT, xml"
    })
    void refusesAWrongValueWithASentenceThatNamesIt(String name, String value) {
        assertThatThrownBy(() -> process(Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(name);
    }

    @Test
    void readsSecretsFromFiles() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "hidden\n");

        var environment = process(Map.of("CADRE_DB_PASSWORD_FILE", file.toString(), "CADRE_PORT", "8080"));

        assertThat(environment.getProperty("CADRE_DB_PASSWORD")).isEqualTo("hidden");
    }

    @Test
    void theLogIsTextUnlessTold() {
        var format = "logging.structured.format.console";
        assertThat(process(Map.of()).getProperty(format)).isNull();
        assertThat(process(Map.of("CADRE_LOG_FORMAT", "text")).getProperty(format))
                .isNull();
        assertThat(process(Map.of("CADRE_LOG_FORMAT", "ecs")).getProperty(format))
                .isEqualTo("ecs");
    }

    private static StandardEnvironment process(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", variables));
        new OperatorSettings().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
