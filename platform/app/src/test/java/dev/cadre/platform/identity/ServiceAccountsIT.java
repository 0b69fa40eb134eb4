package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.organization.OrganizationErasing;
import dev.cadre.platform.shared.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ServiceAccountsIT {

    private static final String ACCOUNTS = "/api/v1/service-accounts";
    private static final String MEMBERS = "/api/v1/organizations/members";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Test
    void worksWithItsKeysAndSurvivesWhoeverMadeIt() {
        var owner = TestUser.register(port);
        var admin = owner.colleague("admin");
        var account = account(admin, "member");
        var key = key(admin, account, "workflow:read", "workflow:edit", "organization:read");

        var me = key.get("/api/v1/me").json();
        assertThat(me.path("user").path("id").asString()).isEqualTo(account);
        assertThat(me.path("role").asString()).isEqualTo("member");
        assertThat(me.path("apiKey").path("serviceAccount").asBoolean()).isTrue();

        owner.delete(MEMBERS + "/" + admin.id());
        assertThat(key.post("/api/v1/workflows", Map.of()).status()).isEqualTo(422);
        assertThat(owner.get("/api/v1/api-keys?serviceAccountId=" + account)
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void doesWhatItsRoleSaysAtTheMoment() {
        var owner = TestUser.register(port);
        var account = account(owner, "member");
        var key = key(owner, account, "workflow:edit", "workflow:read");
        assertThat(key.post("/api/v1/workflows", Map.of()).status()).isEqualTo(422);

        var changed = owner.patch(ACCOUNTS + "/" + account, Map.of("role", "viewer", "description", "Reads only"));

        assertThat(changed.json().path("role").asString()).isEqualTo("viewer");
        assertThat(changed.json().path("description").asString()).isEqualTo("Reads only");
        assertCode(key.post("/api/v1/workflows", Map.of()), 403, "scope-missing");
        assertCode(owner.patch(ACCOUNTS + "/" + account, Map.of("name", "Other"), "If-Match", "\"1\""), 412, "stale");
    }

    @Test
    void endsWithItsKeys() {
        var owner = TestUser.register(port);
        var account = account(owner, "viewer");
        var key = key(owner, account, "workflow:read");
        assertThat(key.get("/api/v1/workflows").status()).isEqualTo(200);

        assertThat(owner.delete(ACCOUNTS + "/" + account).status()).isEqualTo(204);

        assertThat(key.get("/api/v1/workflows").status()).isEqualTo(401);
        assertCode(owner.get(ACCOUNTS + "/" + account), 404, "service-account-not-found");
        assertThat(owner.get(ACCOUNTS).json().path("items")).isEmpty();
    }

    @Test
    void goesWithItsOrganization() {
        var owner = TestUser.register(port);
        var account = account(owner, "viewer");

        events.publishEvent(new OrganizationErasing(new OrganizationId(UUID.fromString(owner.organization()))));

        assertThat(jdbc.sql("select count(*) from user_account where id in (?::uuid, ?::uuid)")
                        .params(account, owner.id())
                        .query(Integer.class)
                        .single())
                .as("the owner stays")
                .isEqualTo(1);
    }

    @Test
    void isNoPersonOfTheOrganization() {
        var owner = TestUser.register(port);
        var account = account(owner, "admin");
        var email = jdbc.sql("select email from user_account where id = ?::uuid")
                .param(account)
                .query(String.class)
                .single();

        assertThat(owner.get(MEMBERS).body()).doesNotContain(account);
        assertCode(owner.patch(MEMBERS + "/" + account, Map.of("role", "owner")), 404, "member-not-found");
        assertCode(owner.delete(MEMBERS + "/" + account), 404, "member-not-found");
        assertThat(owner.post(MEMBERS, Map.of("email", email, "role", "owner")).status())
                .isEqualTo(422);
        for (var password : List.of("", "null", TestUser.PASSWORD)) {
            assertCode(
                    TestUser.nobody(port).post("/auth/login", Map.of("email", email, "password", password)),
                    401,
                    "wrong-credentials");
        }
        TestUser.nobody(port).post("/auth/password/forgot", Map.of("email", email));
        assertThat(jdbc.sql("select count(*) from account_token where user_id = ?::uuid")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void isNeverAnOwner() {
        var owner = TestUser.register(port);
        var refused = owner.post(ACCOUNTS, Map.of("name", "Robot", "role", "owner"));
        assertCode(refused, 422, "invalid-input");
        assertThat(refused.json().path("violations").path(0).path("pointer").asString())
                .isEqualTo("/role");
        var account = account(owner, "admin");
        assertCode(owner.patch(ACCOUNTS + "/" + account, Map.of("role", "owner")), 422, "invalid-input");
        assertThat(owner.delete(MEMBERS + "/" + owner.id()).json().path("code").asString())
                .as("a service account does not count where an owner is needed")
                .isEqualTo("last-owner");
    }

    @Test
    void getsNoMoreThanWhoeverDecidesHas() {
        var owner = TestUser.register(port);
        assertThat(owner.colleague("member").get(ACCOUNTS).status()).isEqualTo(403);
        var keeper = key(owner, account(owner, "admin"), "key:manage", "key:create");

        assertCode(keeper.post(ACCOUNTS, Map.of("name", "More", "role", "admin")), 403, "role-beyond-yours");
        var strong = account(owner, "member");
        assertCode(keeper.patch(ACCOUNTS + "/" + strong, Map.of("role", "viewer")), 403, "role-beyond-yours");
        assertCode(keeper.delete(ACCOUNTS + "/" + strong), 403, "role-beyond-yours");
        var refused = keeper.post(
                "/api/v1/api-keys",
                Map.of("name", "More", "scopes", List.of("workflow:edit"), "serviceAccountId", strong));
        assertCode(refused, 422, "invalid-input");
        var viewer = account(owner, "viewer");
        assertCode(
                owner.post(
                        "/api/v1/api-keys",
                        Map.of("name", "More", "scopes", List.of("workflow:edit"), "serviceAccountId", viewer)),
                422,
                "invalid-input");
    }

    @Test
    void neverReturnsAnotherOrganizationsRows() {
        var ada = TestUser.register(port);
        var account = account(ada, "viewer");
        var stranger = TestUser.register(port);

        assertThat(stranger.get(ACCOUNTS).json().path("items")).isEmpty();
        assertCode(stranger.get(ACCOUNTS + "/" + account), 404, "service-account-not-found");
        assertCode(stranger.delete(ACCOUNTS + "/" + account), 404, "service-account-not-found");
        assertCode(stranger.patch(ACCOUNTS + "/" + account, Map.of("name", "Mine")), 404, "service-account-not-found");
        assertCode(
                stranger.post(
                        "/api/v1/api-keys",
                        Map.of("name", "Mine", "scopes", List.of("workflow:read"), "serviceAccountId", account)),
                404,
                "service-account-not-found");
        assertThat(stranger.get("/api/v1/api-keys?serviceAccountId=" + account)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    private static String account(TestUser by, String role) {
        var made = by.post(ACCOUNTS, Map.of("name", "Robot", "role", role));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private static TestUser key(TestUser by, String account, String... scopes) {
        var made = by.post(
                "/api/v1/api-keys", Map.of("name", "Key", "scopes", List.of(scopes), "serviceAccountId", account));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return by.withToken(made.json().path("key").asString());
    }

    private static void assertCode(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }
}
