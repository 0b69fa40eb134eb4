package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Roles that organizations make of permissions. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RolesIT {

    private static final String ROLES = "/api/v1/roles";
    private static final String MEMBERS = "/api/v1/organizations/members";
    private static final String CONNECTIONS = "/api/v1/connections";

    @LocalServerPort
    int port;

    @Test
    void offersPermissionsInWordsAndReadyMadeRoles() {
        var catalog = TestUser.register(port).get("/api/v1/permissions").json();

        assertThat(catalog.path("items").size()).isEqualTo(Permission.values().length);
        assertThat(stream(catalog.path("items")))
                .allMatch(it -> it.path("description").asString().endsWith(".")
                        && it.path("yours").asBoolean());
        var operator = stream(catalog.path("presets"))
                .filter(it -> it.path("id").asString().equals("operator"))
                .findFirst()
                .orElseThrow();
        var gives = stream(operator.path("permissions")).map(JsonNode::asString).toList();
        assertThat(gives)
                .contains("run:execute", "run:retry", "approval:decide")
                .doesNotContain("workflow:edit", "workflow:publish", "connection:edit");
    }

    @Test
    void anOperatorRunsAndRetriesButDoesNotEdit() {
        var owner = TestUser.register(port);
        var catalog = owner.get("/api/v1/permissions").json();
        var operator =
                owner.post(ROLES, Map.of("name", "Operator", "permissions", catalog.at("/presets/0/permissions")));
        assertThat(operator.status()).isEqualTo(201);
        var olga = owner.colleague(operator.json().path("role").asString());

        var me = olga.get("/api/v1/me").json();
        assertThat(me.path("role").asString()).isEqualTo("custom");
        assertThat(me.at("/customRole/name").asString()).isEqualTo("Operator");
        assertThat(me.at("/organization/customRole/id").asString())
                .isEqualTo(operator.json().path("id").asString());
        var nothing = UUID.randomUUID();
        assertThat(olga.post("/api/v1/runs/" + nothing + "/retry", Map.of()).status())
                .isEqualTo(404);
        assertThat(olga.post("/api/v1/workflows/" + nothing + "/run", Map.of()).status())
                .isEqualTo(404);
        assertThat(olga.delete("/api/v1/workflows/" + nothing).status()).isEqualTo(403);
        assertThat(olga.post("/api/v1/workflows/" + nothing + "/publish", Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(olga.post("/api/v1/workflows/" + nothing + "/steps/x/test", Map.of("bpmnXml", "<x/>"))
                        .status())
                .as("a drawing of one's own is editing, whatever it is called")
                .isEqualTo(403);
        assertThat(olga.get(MEMBERS).json().path("items").toString()).contains("\"name\":\"Operator\"");
    }

    @Test
    void aChangedRoleCountsAtOnce() {
        var owner = TestUser.register(port);
        var role = create(owner, "Reader", "workflow:read");
        var rita = owner.colleague(role.path("role").asString());
        assertThat(rita.get(CONNECTIONS).status()).isEqualTo(403);

        var path = ROLES + "/" + role.path("id").asString();
        var etag = owner.get(path).header("ETag");
        var more = Map.of("name", "Reader", "permissions", List.of("connection:read"));
        assertThat(owner.put(path, more).status()).isEqualTo(428);
        assertThat(owner.put(path, more, "If-Match", etag).status()).isEqualTo(200);
        assertThat(owner.put(path, more, "If-Match", etag).status()).isEqualTo(412);

        assertThat(rita.get(CONNECTIONS).status()).isEqualTo(200);
        assertThat(rita.get("/api/v1/workflows").status()).isEqualTo(403);
    }

    @Test
    void nobodyMakesChangesOrHandsOutMoreThanTheyMayDo() {
        var owner = TestUser.register(port);
        var strong = create(owner, "Strong", "audit:read", "project:all", "member:manage");
        var clerk = create(owner, "Clerk", "role:manage", "member:manage", "workflow:read");
        var clara = owner.colleague(clerk.path("role").asString());
        var viewer = owner.colleague("viewer");

        assertBeyond(clara.post(ROLES, Map.of("name", "Mine", "permissions", List.of("workflow:edit"))));
        var own = ROLES + "/" + clerk.path("id").asString();
        assertBeyond(clara.put(
                own, Map.of("name", "Clerk", "permissions", List.of("security:manage")), "If-Match", "\"1\""));
        var other = ROLES + "/" + strong.path("id").asString();
        assertBeyond(clara.put(other, Map.of("name", "Weak", "permissions", List.of()), "If-Match", "\"1\""));
        assertBeyond(clara.delete(other));
        for (var role : List.of("admin", "member", strong.path("role").asString())) {
            assertBeyond(clara.patch(MEMBERS + "/" + viewer.id(), Map.of("role", role)));
            assertBeyond(clara.patch(MEMBERS + "/" + clara.id(), Map.of("role", role)));
        }
        assertThat(clara.patch(MEMBERS + "/" + viewer.id(), Map.of("role", "owner"))
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("owners-only");
        var admin = owner.colleague("admin");
        assertBeyond(clara.delete(MEMBERS + "/" + admin.id()));
        assertBeyond(clara.patch(MEMBERS + "/" + admin.id(), Map.of("role", clerk.path("role"))));
        assertThat(admin.post(ROLES, Map.of("name", "Heir", "permissions", List.of("organization:delete")))
                        .status())
                .as("what only owners may do")
                .isEqualTo(403);
        var weak = clara.post(ROLES, Map.of("name", "Weak", "permissions", List.of("workflow:read")));
        assertThat(weak.status()).isEqualTo(201);
    }

    @Test
    void refusesRolesThatTheOrganizationDoesNotHave() {
        var owner = TestUser.register(port);
        var viewer = owner.colleague("viewer");
        var foreign = create(TestUser.register(port), "Theirs", "workflow:read");

        for (var text :
                List.of(foreign.path("role").asString(), UUID.randomUUID().toString(), "custom", "Owner", "", "x")) {
            var refused = owner.patch(MEMBERS + "/" + viewer.id(), Map.of("role", text));
            assertThat(refused.status()).as(text).isEqualTo(422);
            assertThat(refused.json().at("/violations/0/pointer").asString()).isEqualTo("/role");
        }
        var path = ROLES + "/" + foreign.path("id").asString();
        assertThat(owner.get(path).status()).isEqualTo(404);
        assertThat(owner.put(path, Map.of("name", "x", "permissions", List.of()), "If-Match", "*")
                        .status())
                .isEqualTo(404);
        assertThat(owner.delete(path).status()).isEqualTo(404);
    }

    @Test
    void aRoleGoesOnlyWhenItsMembersHaveAnother() {
        var owner = TestUser.register(port);
        var role = create(owner, "Going", "workflow:read");
        var next = create(owner, "Next", "connection:read");
        var gina = owner.colleague(role.path("role").asString());
        var path = ROLES + "/" + role.path("id").asString();

        var refused = owner.delete(path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("role-in-use");
        assertThat(owner.delete(path + "?moveTo=nobody").status()).isEqualTo(422);
        assertThat(owner.delete(path + "?moveTo=" + role.path("id").asString()).status())
                .isEqualTo(422);
        assertThat(owner.delete(path + "?moveTo=" + next.path("id").asString()).status())
                .isEqualTo(204);

        assertThat(gina.get("/api/v1/me").json().at("/customRole/name").asString())
                .isEqualTo("Next");
        assertThat(gina.get(CONNECTIONS).status()).isEqualTo(200);
        assertThat(owner.get(path).status()).isEqualTo(404);
        assertThat(owner.delete(path).status()).isEqualTo(404);
    }

    @Test
    void refusesNamesAndPermissionsThatCanNotBe() {
        var owner = TestUser.register(port);
        create(owner, "Once", "workflow:read");

        for (var name : List.of(" ", "owner", "Viewer", "x".repeat(61), "a\u0000b", "a\nb")) {
            assertThat(owner.post(ROLES, Map.of("name", name, "permissions", List.of()))
                            .status())
                    .as(name)
                    .isEqualTo(422);
        }
        assertThat(owner.post(ROLES, Map.of("name", "once", "permissions", List.of()))
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("role-name-taken");
        var unknown = owner.post(ROLES, Map.of("name", "New", "permissions", List.of("workflow:read", "all")));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().at("/violations/0/pointer").asString()).isEqualTo("/permissions/1");
    }

    private static JsonNode create(TestUser user, String name, String... permissions) {
        var created = user.post(ROLES, Map.of("name", name, "permissions", List.of(permissions)));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("Location"))
                .isEqualTo(ROLES + "/" + created.json().path("id").asString());
        return created.json();
    }

    private static void assertBeyond(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().path("code").asString()).isEqualTo("role-beyond-yours");
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
