package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SignInIT {

    @LocalServerPort
    int port;

    @Test
    void registersAPersonWithAnOrganizationOfTheirOwn() {
        var answer = TestUser.nobody(port)
                .post(
                        "/auth/register",
                        Map.of(
                                "email",
                                " Grace.Hopper+%s@Example.com ".formatted(System.nanoTime()),
                                "password",
                                TestUser.PASSWORD,
                                "name",
                                "Grace",
                                "organization",
                                "Navy"));

        assertThat(answer.status()).isEqualTo(201);
        var json = answer.json();
        assertThat(json.at("/user/email").asString())
                .startsWith("grace.hopper+")
                .endsWith("@example.com");
        assertThat(json.at("/organization/name").asString()).isEqualTo("Navy");
        assertThat(json.at("/organization/role").asString()).isEqualTo("owner");
        assertThat(json.path("tokenType").asString()).isEqualTo("Bearer");
        assertThat(json.path("expiresIn").asInt()).isEqualTo(900);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Set-Cookie"))
                .startsWith("cadre_refresh=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/auth")
                .doesNotContain("Secure");
    }

    @Test
    void tellsWhoIsSignedIn() {
        var ada = TestUser.register(port);

        var me = ada.get("/api/v1/me").json();

        assertThat(me.at("/user/email").asString()).isEqualTo(ada.email());
        assertThat(me.at("/organization/id").asString()).isEqualTo(ada.organization());
        assertThat(me.at("/organizations/0/role").asString()).isEqualTo("owner");
        assertThat(me.path("role").asString()).isEqualTo("owner");
        assertThat(me.path("permissions").valueStream().map(node -> node.asString()))
                .contains("workflow:edit", "organization:delete");
    }

    @Test
    void saysWhatIsWrongWithARegistration() {
        var answer = TestUser.nobody(port)
                .post("/auth/register", Map.of("email", "nobody", "password", "short", "name", "A"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("code").asString()).isEqualTo("invalid-input");
        assertThat(answer.json().at("/violations/0/pointer").asString()).isEqualTo("/password");

        var withoutEmail = TestUser.nobody(port).post("/auth/register", Map.of("password", TestUser.PASSWORD));
        assertThat(withoutEmail
                        .json()
                        .path("violations")
                        .valueStream()
                        .map(v -> v.path("pointer").asString()))
                .containsExactly("/email", "/name");
    }

    @Test
    void doesNotRegisterAnEmailTwice() {
        var ada = TestUser.register(port);

        var answer = TestUser.nobody(port)
                .post(
                        "/auth/register",
                        Map.of("email", ada.email().toUpperCase(), "password", TestUser.PASSWORD, "name", "Eve"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("code").asString()).isEqualTo("email-taken");
    }

    @Test
    void answersUnknownEmailAndWrongPasswordAlike() {
        var ada = TestUser.register(port);

        var wrong = logIn(ada.email(), "not the password");
        var unknown = logIn("unknown-" + ada.email(), "not the password");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.json().path("detail")).isEqualTo(unknown.json().path("detail"));
        assertThat(wrong.json().path("code")).isEqualTo(unknown.json().path("code"));
        assertThat(logIn(ada.email(), TestUser.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void slowsGuessingDown() {
        var ada = TestUser.register(port);
        for (int i = 0; i < 5; i++) {
            assertThat(logIn(ada.email(), "guess number " + i).status()).isEqualTo(401);
        }

        var blocked = logIn(ada.email(), TestUser.PASSWORD);

        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.json().path("code").asString()).isEqualTo("too-many-attempts");
        assertThat(Integer.parseInt(blocked.header("Retry-After"))).isBetween(1, 30);
    }

    @Test
    void rotatesTheRefreshTokenAndEndsTheSignInWhenAUsedOneIsShown() {
        var ada = TestUser.register(port);
        var first = cookie(logIn(ada.email(), TestUser.PASSWORD));
        var refreshed = refresh(first);
        var second = cookie(refreshed);
        var user = ada.withToken(refreshed.json().path("accessToken").asString());
        assertThat(user.get("/api/v1/me").status()).isEqualTo(200);
        var third = cookie(refresh(second));

        assertThat(refresh(first).status()).isEqualTo(401);

        assertThat(refresh(third).status()).isEqualTo(401);
        assertThat(user.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(ada.get("/api/v1/me").status())
                .as("another sign-in of the same person goes on")
                .isEqualTo(200);
    }

    @Test
    void refusesToRefreshWithoutOrWithAnInventedCookie() {
        assertThat(TestUser.nobody(port).post("/auth/refresh", "").status()).isEqualTo(401);
        assertThat(refresh("invented").json().path("code").asString()).isEqualTo("session-ended");
    }

    @Test
    void refusesOtherSitesPages() {
        var cookie = cookie(logIn(TestUser.register(port).email(), TestUser.PASSWORD));

        var answer = TestUser.nobody(port)
                .post("/auth/refresh", "", "Cookie", "cadre_refresh=" + cookie, "Origin", "https://evil.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("code").asString()).isEqualTo("foreign-origin");
        assertThat(refresh(cookie).status()).as("nothing was used up").isEqualTo(200);
    }

    @Test
    void logOutEndsBothTokensAtOnce() {
        var ada = TestUser.register(port);
        var signedIn = logIn(ada.email(), TestUser.PASSWORD);
        var user = ada.withToken(signedIn.json().path("accessToken").asString());
        assertThat(user.get("/api/v1/me").status()).isEqualTo(200);

        var out = user.post("/auth/logout", "", "Cookie", "cadre_refresh=" + cookie(signedIn));

        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0", "Path=/auth");
        assertThat(user.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(refresh(cookie(signedIn)).status()).isEqualTo(401);
    }

    private Answer logIn(String email, String password) {
        return TestUser.nobody(port).post("/auth/login", Map.of("email", email, "password", password));
    }

    private Answer refresh(String cookie) {
        return TestUser.nobody(port).post("/auth/refresh", "", "Cookie", "cadre_refresh=" + cookie);
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").replaceFirst("cadre_refresh=([^;]*);.*", "$1");
    }
}
