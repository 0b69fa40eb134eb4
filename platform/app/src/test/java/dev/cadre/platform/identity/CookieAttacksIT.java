package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cookies that are forged, stolen, replayed or sent where they do not belong. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CookieAttacksIT {

    private static final String NAME = "cadre_refresh=";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private TestUser ada;
    private String cookie;

    @BeforeEach
    void signIn() {
        ada = TestUser.register(port);
        cookie = cookie(logIn(TestUser.PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "invented",
                "null",
                "undefined",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "' or '1'='1",
                "../../../etc/passwd",
                "%00",
                "{\"alg\":\"none\"}",
                "eyJhbGciOiJub25lIn0.e30."
            })
    void nothingInventedWorks(String value) {
        assertThat(refresh(NAME + value).status()).isIn(400, 401);
    }

    @Test
    void whatTheDatabaseKeepsIsNoCookie() throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(cookie.getBytes());

        assertThat(refresh(NAME + HexFormat.of().formatHex(hash)).status()).isEqualTo(401);
        assertThat(refresh(NAME + Base64.getUrlEncoder().withoutPadding().encodeToString(hash))
                        .status())
                .isEqualTo(401);
        assertThat(refresh(NAME + ada.token()).status()).as("an access token").isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x%s", "%sx", "%s=", "%s.", "\"%s", " %s", "%S"})
    void almostTheTokenIsNotTheToken(String form) {
        var changed =
                form.equals("%S") ? swapCase(cookie) : form.formatted(cookie).strip();
        if (!changed.equals(cookie)) {
            assertThat(refresh(NAME + changed).status()).isEqualTo(401);
        }
        assertThat(refresh(NAME + cookie).status())
                .as("and nothing was used up")
                .isEqualTo(200);
    }

    @Test
    void aReplayedCookieEndsTheSignInOfThiefAndOwner() {
        var next = cookie(refresh(NAME + cookie));
        letTheMomentPass();

        assertThat(refresh(NAME + cookie).status()).isEqualTo(401);
        assertThat(refresh(NAME + next).status()).isEqualTo(401);
    }

    @Test
    void aReplayedCookieEndsTheSignInAtOnceWhereItsSuccessorWasUsed() {
        var last = cookie(refresh(NAME + cookie(refresh(NAME + cookie))));

        assertThat(refresh(NAME + cookie).status()).isEqualTo(401);
        assertThat(refresh(NAME + last).status()).isEqualTo(401);
    }

    @Test
    void ofTwoTabsAtTheSameTimeOneRenewsAndTheOtherTriesAgain() throws Exception {
        var answers = atOnce(2);

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
        var told =
                answers.stream().filter(one -> one.status() == 409).findFirst().orElseThrow();
        assertThat(told.json().path("code").asString()).isEqualTo("session-renewing");
        assertThat(told.header("Retry-After")).isEqualTo("1");
        assertThat(told.response().headers().allValues("Set-Cookie")).isEmpty();
        var next =
                answers.stream().filter(one -> one.status() == 200).findFirst().orElseThrow();
        assertThat(refresh(NAME + cookie(next)).status())
                .as("the sign-in goes on")
                .isEqualTo(200);
    }

    @Test
    void oneOfTwentyAtTheSameTimeIsTheFirst() throws Exception {
        assertThat(atOnce(20)).extracting(Answer::status).containsOnly(200, 409).containsOnlyOnce(200);
    }

    /** A page that went away before its new cookie came shows the old one again: it signs in anew when the moment is over. */
    @Test
    void aCookieThatWasLostIsAskedForAgainAndThenSignedInFor() {
        refresh(NAME + cookie);
        assertThat(refresh(NAME + cookie).status()).isEqualTo(409);
        assertThat(refresh(NAME + cookie).status()).isEqualTo(409);
        letTheMomentPass();

        assertThat(refresh(NAME + cookie).status()).isEqualTo(401);

        cookie = cookie(logIn(TestUser.PASSWORD));
        assertThat(refresh(NAME + cookie).status()).isEqualTo(200);
    }

    @Test
    void nobodyIsToldToTryAgainWithASignInThatHasEnded() {
        var next = refresh(NAME + cookie);
        ada.withToken(next.json().path("accessToken").asString()).post("/auth/logout", "");

        assertThat(refresh(NAME + cookie).status()).isEqualTo(401);
    }

    private List<Answer> atOnce(int calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Answer>>();
            for (int call = 0; call < calls; call++) {
                all.add(threads.submit(() -> refresh(NAME + cookie)));
            }
            var answers = new ArrayList<Answer>();
            for (var one : all) {
                answers.add(one.get());
            }
            return answers;
        }
    }

    /** As if the person's refresh tokens had been used a while ago. */
    private void letTheMomentPass() {
        jdbc.sql("""
                        update refresh_token set used_at = used_at - interval '11 seconds'
                        where session_id in (select id from session where user_id = cast(? as uuid))""").param(ada.id()).update();
    }

    @Test
    void aCookieOfBeforeANewPasswordIsWorthNothing() {
        var changed = ada.post(
                "/api/v1/me/password",
                Map.of("currentPassword", TestUser.PASSWORD, "password", "a whole new secret of mine"));
        assertThat(changed.status()).isIn(200, 204);

        assertThat(refresh(NAME + cookie).status()).isEqualTo(401);
    }

    @Test
    void aCookieThatHasEndedIsWorthNothing() {
        jdbc.sql("update session set expires_at = now() - interval '1 second' where user_id = cast(? as uuid)")
                .param(ada.id())
                .update();

        assertThat(refresh(NAME + cookie).status()).isEqualTo(401);
    }

    @Test
    void theCookieOpensNothingButTheDoorItIsFor() {
        for (var path : new String[] {"/api/v1/me", "/api/v1/workflows", "/api/v1/events"}) {
            assertThat(TestUser.nobody(port).get(path, "Cookie", NAME + cookie).status())
                    .isEqualTo(401);
        }
        assertThat(TestUser.nobody(port)
                        .get("/api/v1/me", "Authorization", "Bearer " + cookie)
                        .status())
                .isEqualTo(401);
        assertThat(TestUser.nobody(port)
                        .get("/auth/refresh", "Cookie", NAME + cookie)
                        .status())
                .as("no link, picture or prefetch uses it up")
                .isEqualTo(405);
        assertThat(refresh("Cadre_Refresh=" + cookie).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://evil.example:8080",
                "file://"
            })
    void anotherSitesPageUsesNobodysCookie(String origin) {
        var refused = TestUser.nobody(port).post("/auth/refresh", "", "Cookie", NAME + cookie, "Origin", origin);
        assertThat(refused.status()).isEqualTo(403);
        var sent =
                TestUser.nobody(port).post("/auth/logout", "", "Cookie", NAME + cookie, "Sec-Fetch-Site", "cross-site");
        assertThat(sent.status()).isEqualTo(403);

        assertThat(refresh(NAME + cookie).status()).isEqualTo(200);
    }

    @Test
    void cookiesSayThatNoScriptReadsThemAndNoOtherSiteSendsThem() {
        assertThat(logIn(TestUser.PASSWORD).response().headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one)
                        .contains("HttpOnly", "SameSite=Strict", "Path=/auth")
                        .doesNotContain("Domain"));
    }

    private Answer logIn(String password) {
        return TestUser.nobody(port).post("/auth/login", Map.of("email", ada.email(), "password", password));
    }

    private Answer refresh(String header) {
        return TestUser.nobody(port).post("/auth/refresh", "", "Cookie", header);
    }

    private static String cookie(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith(NAME))
                .map(one -> one.replaceFirst(NAME + "([^;]*);.*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private static String swapCase(String text) {
        var swapped = new StringBuilder();
        text.chars()
                .forEach(c -> swapped.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return swapped.toString();
    }
}
