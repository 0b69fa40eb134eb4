package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How old a sign-in may be that somebody works in an organization with, whichever way they come there. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SessionAgeIT {

    private static final String RULES = "/api/v1/organizations/security";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private TestUser owner;

    @BeforeEach
    void signUp() {
        owner = TestUser.register(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"created_at", "used_at"})
    void aSignInEndsWhenItIsTooOldOrHasRestedTooLong(String since) {
        var body = new HashMap<String, Object>(Map.of("allowedAddresses", List.of(), "secondFactorRequired", false));
        body.put(since.equals("created_at") ? "sessionHours" : "idleMinutes", since.equals("created_at") ? 8 : 480);
        assertThat(put(body).status()).isEqualTo(200);
        var cookie = signIn();
        cookie = refreshed(cookie, 200);
        age(since, "interval '7 hours'");
        cookie = refreshed(cookie, 200);

        age(since, "interval '9 hours'");

        refreshed(cookie, 401);
        assertThat(refreshed(cookie, 401)).isEmpty();
    }

    @Test
    void anOldSignInDoesNotGoOnInAStricterOrganization() {
        var strict = owner.post("/api/v1/organizations", Map.of("name", "Strict"))
                .json()
                .path("id")
                .asString();
        var there = owner.withToken(owner.post("/api/v1/organizations/" + strict + "/switch", Map.of())
                .json()
                .path("accessToken")
                .asString());
        there.put(
                RULES,
                Map.of("allowedAddresses", List.of(), "secondFactorRequired", false, "sessionHours", 1),
                "If-Match",
                "*");
        age("created_at", "interval '2 hours'");

        for (var refused : List.of(switchTo(strict, owner), owner.get("/api/v1/organizations/" + strict))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("code").asString()).isEqualTo("sign-in-too-old");
        }
        assertThat(owner.patch("/api/v1/organizations/" + strict, Map.of("name", "Lax"))
                        .status())
                .isEqualTo(403);
        assertThat(there.get("/api/v1/organizations/" + strict).status())
                .as("where one works it counts when the token is renewed")
                .isEqualTo(200);
    }

    @Test
    void anOldSignInEndsThatHasOnlyAStricterOrganizationLeft() {
        var guest = TestUser.register(port);
        var cookie = signIn(guest);
        put(Map.of("allowedAddresses", List.of(), "secondFactorRequired", false, "sessionHours", 1));
        owner.post("/api/v1/organizations/members", Map.of("email", guest.email(), "role", "member"));
        age(guest, "created_at", "interval '2 hours'");
        cookie = refreshed(cookie, 200);
        jdbc.sql("delete from membership where organization_id = cast(? as uuid)")
                .param(guest.organization())
                .update();

        assertThat(refreshed(cookie, 401)).isEmpty();
        assertThat(refreshed(signIn(guest), 200)).as("a new one goes on there").isNotEmpty();
    }

    @Test
    void aSignInThatHasRestedDoesNotGoOnWhereItMustNotRestSoLong() {
        var used = signIn();
        var rested = signIn();
        var strict = owner.post("/api/v1/organizations", Map.of("name", "Strict"))
                .json()
                .path("id")
                .asString();
        var there = owner.withToken(
                switchTo(strict, owner).json().path("accessToken").asString());
        there.put(
                RULES,
                Map.of("allowedAddresses", List.of(), "secondFactorRequired", false, "idleMinutes", 60),
                "If-Match",
                "*");
        assertThat(switchTo(strict, renewed(used)).status()).isEqualTo(200);
        age("used_at", "interval '2 hours'");

        var refused = switchTo(strict, renewed(rested));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("code").asString()).isEqualTo("sign-in-too-old");
    }

    private Answer switchTo(String organization, TestUser by) {
        return by.post("/api/v1/organizations/" + organization + "/switch", Map.of());
    }

    /** Who goes on by the cookie, here where a sign-in may rest for as long as it likes. */
    private TestUser renewed(String cookie) {
        var answer = TestUser.nobody(port).post("/auth/refresh", "", "Cookie", cookie);
        return owner.withToken(answer.json().path("accessToken").asString());
    }

    private void age(String column, String by) {
        age(owner, column, by);
    }

    private void age(TestUser whose, String column, String by) {
        jdbc.sql("update session set " + column + " = now() - " + by + " where user_id = cast(? as uuid)")
                .param(whose.id())
                .update();
    }

    private String signIn() {
        return signIn(owner);
    }

    private String signIn(TestUser whose) {
        return cookie(TestUser.nobody(port)
                .post("/auth/login", Map.of("email", whose.email(), "password", TestUser.PASSWORD)));
    }

    private String refreshed(String cookie, int status) {
        var answer = TestUser.nobody(port).post("/auth/refresh", "", "Cookie", cookie);
        assertThat(answer.status()).isEqualTo(status);
        return cookie(answer);
    }

    private static String cookie(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(one -> one.contains("cadre_refresh="))
                .map(one -> one.replaceFirst(";.*", ""))
                .findFirst()
                .orElse("");
    }

    private Answer put(Map<String, ?> body) {
        return owner.put(RULES, body, "If-Match", "*");
    }
}
