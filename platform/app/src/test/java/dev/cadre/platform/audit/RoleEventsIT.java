package dev.cadre.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the log says of roles and of who got them. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RoleEventsIT {

    private static final String ROLES = "/api/v1/roles";
    private static final String MEMBERS = "/api/v1/organizations/members";

    private record Row(UUID actor, String action, String subject, String content) {}

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void tellsTheWholeLifeOfARole() {
        var owner = TestUser.register(port);
        var admin = owner.colleague("admin");
        var role = admin.post(ROLES, Map.of("name", "Reader", "permissions", List.of("workflow:read")))
                .json()
                .path("id")
                .asString();
        var path = ROLES + "/" + role;
        var tag = admin.get(path).header("ETag");
        admin.put(path, Map.of("name", "Viewer of runs", "permissions", List.of("run:read")), "If-Match", tag);
        var member = owner.colleague("viewer");
        admin.patch(MEMBERS + "/" + member.id(), Map.of("role", role));
        assertThat(owner.delete(path + "?moveTo=member").status()).isEqualTo(204);

        assertThat(of(owner, "role.created")).singleElement().satisfies(row -> {
            assertThat(row.actor()).hasToString(admin.id());
            assertThat(row.subject()).isEqualTo("role/" + role);
            assertThat(row.content())
                    .contains("\"after\":{")
                    .contains("\"name\":\"Reader\"")
                    .contains("\"permissions\":[\"organization:read\",\"workflow:read\"]");
        });
        assertThat(of(owner, "role.changed"))
                .singleElement()
                .satisfies(row -> assertThat(row.content())
                        .contains("\"name\":\"Reader\"", "\"name\":\"Viewer of runs\"")
                        .contains("[\"organization:read\",\"workflow:read\"]")
                        .contains("[\"organization:read\",\"run:read\"]"));
        assertThat(of(owner, "member.role-changed")).singleElement().satisfies(row -> {
            assertThat(row.actor()).hasToString(admin.id());
            assertThat(row.subject()).isEqualTo("user/" + member.id());
            assertThat(row.content())
                    .contains("\"before\":{\"role\":\"viewer\"}")
                    .contains("\"after\":{\"role\":\"Viewer of runs\"}");
        });
        assertThat(of(owner, "role.deleted")).singleElement().satisfies(row -> {
            assertThat(row.actor()).hasToString(owner.id());
            assertThat(row.content()).contains("Viewer of runs", "\"membersGot\":\"member\"");
        });
        assertThat(log(owner))
                .allSatisfy(row -> assertThat(row.content())
                        .as("people by their ids only")
                        .doesNotContain(owner.email(), admin.email(), member.email(), "Ada"));
    }

    @Test
    void whatIsRefusedLeavesNothingInTheLog() {
        var owner = TestUser.register(port);
        var role = owner.post(
                        ROLES,
                        Map.of("name", "Strong", "permissions", List.of("audit:read", "project:all", "role:manage")))
                .json()
                .path("id")
                .asString();
        var clerk = owner.colleague(
                owner.post(ROLES, Map.of("name", "Clerk", "permissions", List.of("role:manage", "member:manage")))
                        .json()
                        .path("id")
                        .asString());
        var before = log(owner);
        assertThat(clerk.delete(ROLES + "/" + role).status()).isEqualTo(403);
        assertThat(clerk.post(ROLES, Map.of("name", "More", "permissions", List.of("audit:read")))
                        .status())
                .isEqualTo(403);
        assertThat(clerk.patch(MEMBERS + "/" + clerk.id(), Map.of("role", role)).status())
                .isEqualTo(403);
        assertThat(clerk.put(ROLES + "/" + role, Map.of("name", "x", "permissions", List.of()), "If-Match", "\"9\"")
                        .status())
                .isEqualTo(412);
        assertThat(log(owner)).isEqualTo(before);
    }

    private List<Row> of(TestUser user, String action) {
        return log(user).stream().filter(row -> row.action().equals(action)).toList();
    }

    private List<Row> log(TestUser user) {
        return jdbc.sql("""
                        select actor_id, action, subject_type || '/' || subject_id, content
                        from audit_event where organization_id = ? order by id""")
                .param(UUID.fromString(user.organization()))
                .query((row, number) ->
                        new Row(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }
}
