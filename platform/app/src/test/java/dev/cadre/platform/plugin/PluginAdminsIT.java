package dev.cadre.platform.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** By default a plugin, which is code inside the hub, is the business of the first organization alone. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "cadre.plugin-admins=first-organization")
class PluginAdminsIT {

    private static final byte[] JAR = PluginJarBuilder.working("echo-of-admins").bytes();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void onlyAdministratorsOfTheFirstOrganizationManagePlugins() {
        var owner = TestUser.register(port);
        // tests share a database, whose first organization is somebody else's
        jdbc.sql("update first_organization set organization_id = ?::uuid")
                .param(owner.organization())
                .update();
        var admin = owner.colleague("admin");
        var member = owner.colleague("member");
        var stranger = TestUser.register(port);
        var strangersAdmin = stranger.colleague("admin");

        for (var refused : new TestUser[] {stranger, strangersAdmin}) {
            assertRefused(refused, "first-organization-only");
            assertThat(permissions(refused)).contains("plugin:read").doesNotContain("plugin:manage");
        }
        assertRefused(member, "forbidden");
        assertThat(permissions(member)).doesNotContain("plugin:manage");
        assertThat(permissions(admin)).contains("plugin:manage");

        assertThat(upload(admin).status()).isEqualTo(201);
        assertThat(stranger.get("/api/v1/plugins").body()).contains("echo-of-admins");
        assertThat(stranger.get("/api/v1/step-types").body()).contains("echo-of-admins");
        assertThat(owner.post("/api/v1/plugins/echo-of-admins/disable", "").status())
                .isEqualTo(200);
        assertThat(owner.post("/api/v1/plugins/echo-of-admins/enable", "").status())
                .isEqualTo(200);
        assertThat(owner.delete("/api/v1/plugins/echo-of-admins").status()).isEqualTo(204);

        var kept = owner.delete("/api/v1/organizations/" + owner.organization() + "?name=Analytical%20Engines");
        assertThat(kept.status()).as("nobody would manage plugins any more").isEqualTo(409);
        assertThat(kept.json().path("code").asString()).isEqualTo("organization-manages-plugins");
        assertThat(stranger.delete("/api/v1/organizations/" + stranger.organization() + "?name=Analytical%20Engines")
                        .status())
                .isEqualTo(202);
    }

    private static void assertRefused(TestUser user, String code) {
        var answers = new TestUser.Answer[] {
            upload(user),
            user.post("/api/v1/plugins/calculator/disable", ""),
            user.post("/api/v1/plugins/calculator/enable", ""),
            user.delete("/api/v1/plugins/calculator")
        };
        for (var answer : answers) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            assertThat(answer.json().path("code").asString()).isEqualTo(code);
        }
    }

    private static TestUser.Answer upload(TestUser user) {
        return user.upload("/api/v1/plugins", "jar", "plugin.jar", JAR);
    }

    private static String permissions(TestUser user) {
        return user.get("/api/v1/me").json().path("permissions").toString();
    }
}
