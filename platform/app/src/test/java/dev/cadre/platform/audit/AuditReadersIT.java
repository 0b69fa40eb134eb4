package dev.cadre.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log names what is in any project of the organization: only who sees all projects reads it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AuditReadersIT {

    private static final String EVENTS = "/api/v1/audit-events";
    private static final String ROLES = "/api/v1/roles";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private TestUser owner;

    @BeforeEach
    void register() {
        owner = TestUser.register(port);
    }

    @Test
    void refusesRolesThatReadTheLogAndDoNotSeeAllProjects() {
        var refused = owner.post(ROLES, Map.of("name", "Auditor", "permissions", List.of("run:read", "audit:read")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("/permissions/1", "project:all");

        var made = owner.post(ROLES, Map.of("name", "Auditor", "permissions", List.of("audit:read", "project:all")));
        assertThat(made.status()).isEqualTo(201);
        var auditor = owner.colleague(made.json().path("id").asString());
        assertThat(auditor.get(EVENTS).status()).isEqualTo(200);
        assertThat(owner.put(
                                ROLES + "/" + made.json().path("id").asString(),
                                Map.of("name", "Auditor", "permissions", List.of("audit:read")),
                                "If-Match",
                                made.header("ETag"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aRoleFromBeforeReadsNothingUntilItSeesAllProjects() {
        var made = owner.post(ROLES, Map.of("name", "Auditor", "permissions", List.of("run:read")));
        var id = made.json().path("id").asString();
        jdbc.sql(
                        "update custom_role set permissions = array['audit:read', 'organization:read', 'run:read'] where id = ?::uuid")
                .param(id)
                .update();
        var auditor = owner.colleague(id);

        for (var path : List.of(EVENTS, EVENTS + "/" + owner.id(), "/api/v1/audit-export?format=csv")) {
            assertThat(auditor.get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(auditor.get("/api/v1/me").json().path("permissions").toString())
                .contains("run:read")
                .doesNotContain("audit:read");
        assertThat(owner.get(ROLES + "/" + id).json().path("permissions").toString())
                .as("what it gives")
                .doesNotContain("audit:read");

        assertThat(owner.put(
                                ROLES + "/" + id,
                                Map.of("name", "Auditor", "permissions", List.of("audit:read", "project:all")),
                                "If-Match",
                                "*")
                        .status())
                .isEqualTo(200);
        assertThat(auditor.get(EVENTS).status()).isEqualTo(200);
    }

    @Test
    void aKeyNeedsBothScopes() {
        var refused = owner.post("/api/v1/api-keys", Map.of("name", "Log", "scopes", List.of("audit:read")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("/scopes/0", "project:all");

        var made = owner.post("/api/v1/api-keys", Map.of("name", "Log", "scopes", List.of("project:all", "audit:read")))
                .json();
        var key = owner.withToken(made.path("key").asString());
        assertThat(key.get(EVENTS).status()).isEqualTo(200);

        var other = owner.post("/api/v1/api-keys", Map.of("name", "Log 2", "scopes", List.of("run:read")))
                .json();
        jdbc.sql("update api_key set scopes = array['audit:read'] where id = ?::uuid")
                .param(other.path("apiKey").path("id").asString())
                .update();
        var answer = owner.withToken(other.path("key").asString()).get(EVENTS);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("detail").asString()).contains("audit:read together with project:all");
    }
}
