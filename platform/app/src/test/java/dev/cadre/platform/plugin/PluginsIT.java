package dev.cadre.platform.plugin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PluginsIT {

    @LocalServerPort
    int port;

    private static Answer upload(TestUser user, byte[] jar) throws Exception {
        return user.upload("/api/v1/plugins", "jar", "plugin.jar", jar);
    }

    @Test
    void anAdministratorInstallsDisablesEnablesAndDeletes() throws Exception {
        var admin = TestUser.register(port).colleague("admin");

        var installed = upload(admin, PluginJarBuilder.working("echo-it").bytes());

        assertThat(installed.status()).isEqualTo(201);
        assertThat(installed.json().path("state").asString()).isEqualTo("enabled");
        assertThat(admin.get("/api/v1/step-types").body()).contains("\"echo-it\"");
        assertThat(upload(admin, PluginJarBuilder.working("echo-it").bytes()).status())
                .isEqualTo(409);
        var disabled = admin.post("/api/v1/plugins/echo-it/disable", "");
        assertThat(disabled.json().path("state").asString()).isEqualTo("disabled");
        assertThat(admin.get("/api/v1/step-types").body()).doesNotContain("\"echo-it\"");
        assertThat(admin.post("/api/v1/plugins/echo-it/enable", "").status()).isEqualTo(200);
        assertThat(admin.delete("/api/v1/plugins/echo-it").status()).isEqualTo(204);
        assertThat(admin.delete("/api/v1/plugins/echo-it").status()).isEqualTo(404);
        assertThat(TestAudit.actions(admin, "plugin"))
                .containsExactly("plugin.deleted", "plugin.enabled", "plugin.disabled", "plugin.installed");
        assertThat(admin.delete("/api/v1/plugins/calculator").status()).isEqualTo(409);
    }

    @Test
    void aMemberMayLookAndNotTouch() throws Exception {
        var member = TestUser.register(port).colleague("member");

        assertThat(member.get("/api/v1/plugins").status()).isEqualTo(200);
        assertThat(upload(member, PluginJarBuilder.working("echo-it").bytes()).status())
                .isEqualTo(403);
        assertThat(member.post("/api/v1/plugins/calculator/disable", "").status())
                .isEqualTo(403);
        assertThat(TestUser.nobody(port).get("/api/v1/step-types").status()).isEqualTo(401);
    }

    @Test
    void aBrokenUploadIsAProblemThatSaysWhy() throws Exception {
        var owner = TestUser.register(port);

        var refused = upload(owner, "not a jar".getBytes(ISO_8859_1));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("code").asString()).isEqualTo("plugin-invalid");
        assertThat(upload(owner, new byte[(50 << 20) + 1]).status()).isEqualTo(413);
        assertThat(owner.post("/api/v1/plugins", "{}").status()).isEqualTo(415);
        assertThat(owner.upload("/api/v1/plugins", "file", "a.jar", new byte[1]).status())
                .isEqualTo(400);
    }

    /** Runs after packaging: the hub's jar carries the plugins as files and has none of their classes. */
    @Test
    void thePackagedHubCarriesPluginsAsFilesOnly() throws Exception {
        try (var jar = new JarFile(Path.of("target/cadre.jar").toFile())) {
            var names = jar.stream().map(entry -> entry.getName()).toList();
            assertThat(names)
                    .anyMatch(name -> name.matches("bundled-plugins/.*calculator-tool\\.jar"))
                    .noneMatch(name -> name.contains("dev/cadre/plugin/") || name.contains("dev/cadre/connector/"));
        }
        try (var libraries = Files.list(Path.of("target/lib"))) {
            assertThat(libraries.map(file -> file.getFileName().toString()).toList())
                    .anyMatch(name -> name.startsWith("plugin-api-"))
                    .noneMatch(name -> name.matches(".*(-tool|-connector|-agent)(-[0-9].*)?\\.jar"));
        }
        assertThat(PluginsIT.class.getClassLoader().getResource("dev/cadre/plugin/calculator/CalculatorTool.class"))
                .isNull();
    }
}
