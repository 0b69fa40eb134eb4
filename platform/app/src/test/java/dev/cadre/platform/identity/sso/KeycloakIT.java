package dev.cadre.platform.identity.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Single sign-on with a real identity server, through its login pages, and through its bridge from SAML. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class KeycloakIT {

    private static final String SETTINGS = "/api/v1/organizations/sso";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static Keycloak keycloak;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private TestUser owner;

    @BeforeAll
    static void start() {
        keycloak = Keycloak.start();
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    /** Each test has the domain to itself: whoever had it before gives it back. */
    @BeforeEach
    void setUp() {
        keycloak.awaitReady();
        jdbc.sql("delete from user_account where email like '%@company.example'")
                .update();
        jdbc.sql("delete from sso_domain where domain = 'company.example'").update();
        owner = TestUser.register(port);
        assertThat(owner.post(SETTINGS + "/domains", Map.of("domain", "company.example"))
                        .status())
                .isEqualTo(201);
        jdbc.sql("update sso_domain set proven_at = now() where domain = 'company.example'")
                .update();
        assertThat(put(settings(Map.of())).status()).isEqualTo(200);
    }

    private Map<String, Object> settings(Map<String, ?> more) {
        var settings = new HashMap<String, Object>(Map.of(
                "issuer",
                keycloak.issuer(),
                "clientId",
                "cadre",
                "clientSecret",
                "a-secret-for-tests-only",
                "groupRoles",
                List.of(Map.of("group", "engineers", "role", "member"), Map.of("group", "auditors", "role", "viewer")),
                "trustsEmails",
                false,
                "enforced",
                false));
        settings.putAll(more);
        return settings;
    }

    private Answer put(Map<String, Object> settings) {
        return owner.put(SETTINGS, settings, "If-Match", owner.get(SETTINGS).header("ETag"));
    }

    private FormBrowser signIn(String email, String user, String password) {
        var browser = new FormBrowser(port);
        var page = browser.open("/auth/sso/start?email=" + email, true);
        var after = browser.submit(page, Map.of("username", user, "password", password));
        assertThat(browser.arrived).as(after.text()).isNotNull();
        return browser;
    }

    private static JsonNode tokens(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private String role(String email) {
        return owner.get("/api/v1/organizations/members?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(member -> member.path("email").asString().equals(email))
                .map(member -> member.path("role").asString())
                .findFirst()
                .orElse("none");
    }

    @Test
    void letsAPersonInWhoWasNeverHere() {
        var browser = signIn("ada@company.example", "ada", "analytical");

        assertThat(browser.arrived).hasPath("/");
        var tokens = tokens(browser.postToHub("/auth/refresh"));
        assertThat(tokens.at("/user/email").asString()).isEqualTo("ada@company.example");
        assertThat(tokens.at("/user/name").asString()).isEqualTo("Ada Lovelace");
        assertThat(tokens.at("/organization/id").asString()).isEqualTo(owner.organization());
        assertThat(tokens.at("/organization/role").asString()).isEqualTo("member");
        var ada = TestUser.nobody(port).withToken(tokens.path("accessToken").asString());
        assertThat(ada.get("/api/v1/me").json().path("emailVerified").asBoolean())
                .isTrue();
    }

    @Test
    void followsTheGroupsOfAPerson() {
        signIn("grace@company.example", "grace", "compiler");
        assertThat(role("grace@company.example")).isEqualTo("viewer");

        put(settings(Map.of("groupRoles", List.of(Map.of("group", "auditors", "role", "admin")))));
        signIn("grace@company.example", "grace", "compiler");
        assertThat(role("grace@company.example")).isEqualTo("admin");

        put(settings(Map.of("groupRoles", List.of(Map.of("group", "nobody", "role", "admin")))));
        assertThat(signIn("grace@company.example", "grace", "compiler").arrived).hasQuery("sso=sso-no-role");
        assertThat(role("grace@company.example")).isEqualTo("none");
    }

    @Test
    void refusesAnAddressThatTheServerHasNotVerified() {
        assertThat(signIn("x@company.example", "eve", "listening").arrived).hasQuery("sso=sso-email-unverified");
        assertThat(role("ada.l@company.example")).isEqualTo("none");
    }

    @Test
    void refusesAnAddressOfAnotherDomain() {
        assertThat(signIn("x@company.example", "bob", "contractor").arrived).hasQuery("sso=sso-domain-unproven");
    }

    @Test
    void goesOnWhenTheServerChangesItsKeys() {
        signIn("ada@company.example", "ada", "analytical");
        var realm = keycloak.administer("GET", "company", null).path("id").asString();
        keycloak.administer(
                "POST",
                "company/components",
                Map.of(
                        "name", "newer",
                        "providerId", "rsa-generated",
                        "providerType", "org.keycloak.keys.KeyProvider",
                        "parentId", realm,
                        "config", Map.of("priority", List.of("1000"), "keySize", List.of("2048"))));

        assertThat(signIn("grace@company.example", "grace", "compiler").arrived).hasPath("/");
    }

    @Test
    void endsTheSignInsOfAPersonWhomTheServerForgets() {
        var created = keycloak.administer(
                "POST",
                "company/users",
                Map.of(
                        "username",
                        "temp",
                        "enabled",
                        true,
                        "email",
                        "temp@company.example",
                        "emailVerified",
                        true,
                        "firstName",
                        "Tem",
                        "lastName",
                        "Porary",
                        "groups",
                        List.of("/engineers"),
                        "credentials",
                        List.of(Map.of("type", "password", "value", "temporary", "temporary", false))));
        assertThat(created.isEmpty()).isTrue();
        var browser = signIn("temp@company.example", "temp", "temporary");
        // as if some minutes had passed: the server is asked, and still knows them
        jdbc.sql("update sso_session set checked_at = now() - interval '1 hour'")
                .update();
        tokens(browser.postToHub("/auth/refresh"));

        var id = keycloak.administer("GET", "company/users?username=temp", null)
                .get(0)
                .path("id")
                .asString();
        keycloak.administer("DELETE", "company/users/" + id, null);
        jdbc.sql("update sso_session set checked_at = now() - interval '1 hour'")
                .update();

        var refused = browser.postToHub("/auth/refresh");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("session-ended");
    }

    @Test
    void isToldWhenSomebodySignsOutThere() {
        var client = keycloak.administer("GET", "company/clients?clientId=cadre", null)
                .get(0);
        var changed = JSON.convertValue(client, Map.class);
        ((Map<String, Object>) changed.get("attributes"))
                .put("backchannel.logout.url", "http://127.0.0.1:" + port + "/auth/sso/logout/" + owner.organization());
        ((Map<String, Object>) changed.get("attributes")).put("backchannel.logout.session.required", "true");
        keycloak.administer("PUT", "company/clients/" + client.path("id").asString(), changed);
        var browser = signIn("ada@company.example", "ada", "analytical");
        tokens(browser.postToHub("/auth/refresh"));

        var id = keycloak.administer("GET", "company/users?username=ada&exact=true", null)
                .get(0)
                .path("id")
                .asString();
        keycloak.administer("POST", "company/users/" + id + "/logout", null);

        assertThat(browser.postToHub("/auth/refresh").statusCode()).isEqualTo(401);
    }

    /** The server takes the browser back, and asks the next one at this screen for the password. */
    @Test
    void signsOutThereToo() {
        var browser = signIn("grace@company.example", "grace", "compiler");
        tokens(browser.postToHub("/auth/refresh"));

        var out = tokens(browser.postToHub("/auth/logout"));
        browser.open(out.path("continueAt").asString());

        assertThat(browser.arrived).hasPath("/sign-in").hasNoQuery();
        assertThat(browser.postToHub("/auth/refresh").statusCode()).isEqualTo(401);
        var page = browser.open("/auth/sso/start?email=grace@company.example", true);
        assertThat(page.selectFirst("[name=password]")).as(page.text()).isNotNull();
    }

    @Test
    void saysWhatIsWrongWithTheSettings() {
        assertThat(test(Map.of()).path("ok").asBoolean()).isTrue();
        assertThat(test(Map.of("clientSecret", "wrong")).toString())
                .contains("does not accept the client id or the secret");
        assertThat(test(Map.of("issuer", keycloak.url + "/realms/nobody", "clientSecret", "x"))
                        .toString())
                .contains("HTTP status 404");
        assertThat(test(Map.of("issuer", keycloak.issuer() + "/")).toString()).contains("enter exactly that as issuer");
    }

    private JsonNode test(Map<String, ?> more) {
        var answer = owner.post(SETTINGS + "/test", settings(more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** The way for organizations that have SAML 2.0 only: docs/sso.md. */
    @Test
    void letsAPersonInWhoSignsInBySamlAtAnotherServer() {
        var browser = new FormBrowser(port);
        var page = browser.open("/auth/sso/start?email=sam@company.example", true);
        var partner = page.selectFirst("a[href*=/broker/partner/]");
        assertThat(partner).as(page.text()).isNotNull();
        var login = browser.open(partner.absUrl("href"));
        assertThat(login.location()).contains("/realms/partner/");
        browser.submit(login, Map.of("username", "sam", "password", "assertion"));

        assertThat(browser.visited)
                .anyMatch(address -> address.getPath().endsWith("/realms/company/broker/partner/endpoint"));
        assertThat(browser.arrived).hasPath("/");
        var tokens = tokens(browser.postToHub("/auth/refresh"));
        assertThat(tokens.at("/user/email").asString()).isEqualTo("sam@company.example");
        assertThat(tokens.at("/organization/role").asString()).isEqualTo("viewer");
    }
}
