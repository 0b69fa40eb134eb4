package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Fields that nobody may set, ids that somebody guesses, addresses and names that are not what they look like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class HostileInputIT {

    /** What the hub alone decides. */
    private static final List<String> KEPT = List.of(
            "id",
            "organizationId",
            "organization",
            "organization_id",
            "userId",
            "user",
            "user_id",
            "ownerId",
            "owner",
            "role",
            "roles",
            "permissions",
            "admin",
            "isAdmin",
            "emailVerified",
            "email_verified_at",
            "passwordHash",
            "createdAt",
            "created_at",
            "createdBy",
            "revision",
            "session",
            "sid",
            "status",
            "state",
            "secret",
            "keyHash",
            "publishedVersion",
            "expiresAt",
            "__proto__",
            "constructor",
            "class",
            "@class",
            "@type");

    /** Operations whose very purpose is one of these fields; each checks that nobody gives more than they have. */
    private static final Set<String> MEANT = Set.of(
            "POST /auth/register organization", // the name of the one that is founded with it
            "POST /api/v1/api-keys expiresAt", // no later than keys may be good
            "POST /api/v1/organizations/{id}/transfer userId", // the owner's password with it
            "POST /api/v1/service-accounts role",
            "PATCH /api/v1/service-accounts/{id} role",
            "POST /api/v1/organizations/members role",
            "PATCH /api/v1/organizations/members/{userId} role",
            "POST /api/v1/roles permissions",
            "PUT /api/v1/roles/{id} permissions");

    private record Operation(String method, String path, JsonNode schema) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private TestUser someone;

    @BeforeAll
    void signUp() {
        someone = TestUser.register(port);
    }

    @Test
    void noOperationTakesAFieldThatTheHubAloneDecides() {
        var found = new ArrayList<String>();
        for (var operation : operations()) {
            operation.schema().path("properties").propertyNames().stream()
                    .filter(KEPT::contains)
                    .map(field -> operation + " " + field)
                    .filter(one -> !MEANT.contains(one))
                    .forEach(found::add);
        }
        assertThat(found)
                .as("a body that takes one of these needs a reason: add it to MEANT")
                .isEmpty();
    }

    @Test
    void fieldsThatNobodyAskedForChangeNothingAnywhere() {
        var owner = TestUser.register(port);
        var victim = TestUser.register(port);
        var member = owner.colleague("member");
        var canary = UUID.randomUUID();
        var before = member.get("/api/v1/me").json();
        var ids = ids(member);
        for (var operation : operations()) {
            var body = valid(operation.schema());
            for (var field : KEPT) {
                body.putIfAbsent(
                        field,
                        field.toLowerCase().contains("organization") ? victim.organization() : canary.toString());
            }
            if (operation.schema().path("properties").has("role")) {
                body.put("role", "owner");
            }
            var path = operation.path().replaceAll("\\{[^}]+}", ids);
            var answer = member.send(operation.method(), path, body, "If-Match", "*");
            assertThat(answer.status()).as(operation + ": " + answer.body()).isLessThan(500);
            assertThat(answer.body()).as(operation.toString()).doesNotContain(canary.toString(), victim.organization());
        }
        var after = member.get("/api/v1/me").json();
        assertThat(after.path("role").asString()).isEqualTo("member");
        assertThat(after.path("permissions")).isEqualTo(before.path("permissions"));
        assertThat(rowsWith(canary.toString())).isEmpty();
    }

    @Test
    void nobodyFindsWhatIsNotTheirsByItsIdOrTheIdsBesideIt() {
        var owner = TestUser.register(port);
        var eve = TestUser.register(port);
        var workflow = owner.post("/api/v1/workflows", Map.of("name", "Mine"))
                .json()
                .path("id")
                .asString();
        var connection = owner.post(
                        "/api/v1/connections",
                        Map.of(
                                "name",
                                "C",
                                "type",
                                "rest",
                                "values",
                                Map.of("baseUrl", "https://api.example.com", "authentication", "NONE")))
                .json()
                .path("id")
                .asString();
        for (var path : List.of(
                "/api/v1/workflows/" + workflow,
                "/api/v1/connections/" + connection,
                "/api/v1/organizations/" + owner.organization())) {
            var theirs = eve.get(path);
            var nothing = eve.get(path.replaceFirst("[^/]+$", UUID.randomUUID().toString()));
            assertThat(theirs.status()).as(path).isEqualTo(404);
            assertThat(theirs.json().path("code")).isEqualTo(nothing.json().path("code"));
            assertThat(theirs.json().path("detail")).isEqualTo(nothing.json().path("detail"));
        }
        var id = UUID.fromString(workflow);
        for (long step = -20; step <= 20; step++) {
            if (step != 0) {
                var beside = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + step);
                assertThat(owner.get("/api/v1/workflows/" + beside).status()).isEqualTo(404);
            }
        }
        assertThat(UUID.fromString(workflow).version()).isEqualTo(7);
        assertThat(workflow.substring(24)).isNotEqualTo(connection.substring(24));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-1",
                "0",
                "null",
                "undefined",
                "*",
                "..",
                "%2e%2e",
                "me",
                "1%20or%201=1",
                "%27",
                "%00",
                "00000000-0000-0000-0000-000000000000",
                "{}",
                "%F0%9F%92%A9",
                "AAAAAAAA-AAAA-AAAA-AAAA-AAAAAAAAAAAA"
            })
    void whatIsNoIdIsRefusedAndNeverAFault(String id) {
        var owner = someone;
        for (var list : List.of("workflows", "runs", "connections", "organizations")) {
            var encoded = id.replace("{", "%7B").replace("}", "%7D");
            assertThat(owner.get("/api/v1/" + list + "/" + encoded).status())
                    .as(list)
                    .isIn(400, 404, 405);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "victim@examplе.com",
                "victim@example.com\u0000",
                "\u212Aelvin@example.com",
                "v\u0131ctim@example.com",
                "victim\uFF20example.com",
                "victim@ex\u00ADample.com",
                "vic\u200Btim@example.com",
                "victim@example\u3002com",
                "\u202Emoc.elpmaxe@mitciv",
                "victim@exa\u0301mple.com",
                "stra\u00DFe@example.com",
                "victim@example.com\r\nBcc: eve@example.com",
                "victim@example.com%0d%0aBcc:eve@example.com",
                "victim@example.com,eve@example.com",
                "victim@example.com;eve@example.com",
                "victim@example.com eve@example.com",
                "\"victim@example.com\"@evil.example",
                "victim@example.com@evil.example",
                "victim(comment)@example.com",
                "<victim@example.com>",
                "Victim <victim@example.com>",
                "victim@[127.0.0.1]",
                "victim@-example.com",
                "victim@example..com",
                "@example.com",
                "victim@",
                "victim",
                "\uD83D\uDE00@example.com",
                "victim@\uD800.com"
            })
    void anAddressIsWhatItLooksLikeOrItIsNone(String email) {
        var body = new HashMap<String, Object>(Map.of("email", email, "password", TestUser.PASSWORD, "name", "Eve"));
        var registered = TestUser.nobody(port).post("/auth/register", body);
        assertThat(registered.status()).as(registered.body()).isIn(400, 422);

        var owner = someone;
        assertThat(owner.post("/api/v1/organizations/members", Map.of("email", email, "role", "viewer"))
                        .status())
                .isIn(400, 404, 422);
        assertThat(owner.post("/api/v1/me/email", Map.of("email", email, "password", TestUser.PASSWORD))
                        .status())
                .isIn(400, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada\r\nBcc: eve@example.com",
                "Ada\nSubject: Won",
                "Ada\rX",
                "Ada\u0000",
                "Ada\u0085Bcc: x",
                "Ada\u2028Bcc: x",
                "Ada\u001b[31m"
            })
    void namesThatCouldAddAHeaderAreRefused(String name) {
        var asPerson = TestUser.nobody(port)
                .post(
                        "/auth/register",
                        Map.of(
                                "email",
                                UUID.randomUUID() + "@example.com",
                                "password",
                                TestUser.PASSWORD,
                                "name",
                                name));
        assertThat(asPerson.status()).as(asPerson.body()).isEqualTo(422);
        var owner = someone;
        assertThat(owner.post("/api/v1/organizations", Map.of("name", name)).status())
                .isEqualTo(422);
        assertThat(owner.patch("/api/v1/organizations/" + owner.organization(), Map.of("name", name))
                        .status())
                .isEqualTo(422);
        assertThat(owner.patch("/api/v1/me", Map.of("name", name)).status()).isEqualTo(422);
    }

    private static String ids(TestUser user) {
        return user.post("/api/v1/workflows", Map.of("name", "Own"))
                .json()
                .path("id")
                .asString();
    }

    /** A body that the operation accepts, as far as its schema says. */
    private static Map<String, Object> valid(JsonNode schema) {
        var body = new LinkedHashMap<String, Object>();
        schema.path("properties").properties().forEach(property -> {
            var type = property.getValue().path("type");
            var name = type.isArray() ? type.path(0).asString() : type.asString("");
            Object value = switch (name) {
                case "string" -> property.getKey().equals("email") ? UUID.randomUUID() + "@example.com" : "x";
                case "integer", "number" -> 1;
                case "boolean" -> false;
                case "array" -> List.of();
                default -> Map.of();
            };
            body.put(property.getKey(), value);
        });
        return body;
    }

    private List<Operation> operations() {
        var described = TestUser.nobody(port).get("/v3/api-docs").json();
        var operations = new ArrayList<Operation>();
        described
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    var content = operation
                            .getValue()
                            .path("requestBody")
                            .path("content")
                            .path("application/json");
                    var method = operation.getKey().toUpperCase();
                    if (List.of("POST", "PUT", "PATCH").contains(method)
                            && !operation.getValue().path("requestBody").isMissingNode()) {
                        var name =
                                content.path("schema").path("$ref").asString("").replaceFirst(".*/", "");
                        operations.add(new Operation(
                                method,
                                path.getKey(),
                                described.path("components").path("schemas").path(name)));
                    }
                }));
        assertThat(operations).hasSizeGreaterThan(30);
        return operations;
    }

    /** The tables that hold a text anywhere, but for what was sent as a whole and is kept as it came. */
    private List<String> rowsWith(String text) {
        var tables = jdbc.sql(
                        "select table_schema || '.' || table_name from information_schema.tables where table_schema = 'cadre' and table_type = 'BASE TABLE'")
                .query(String.class)
                .list();
        assertThat(tables).hasSizeGreaterThan(20);
        return tables.stream()
                .filter(table -> jdbc.sql("select count(*) from " + table + " it where it::text like ?")
                                .param("%" + text + "%")
                                .query(Long.class)
                                .single()
                        > 0)
                .toList();
    }
}
