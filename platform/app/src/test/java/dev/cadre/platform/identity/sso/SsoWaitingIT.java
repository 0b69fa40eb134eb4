package dev.cadre.platform.identity.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins that another site may have begun behind a person's back: nothing comes of them without the person's word. */
class SsoWaitingIT extends SsoTests {

    private static final String WAITING = "/auth/sso/waiting";

    /** The browser is back from the provider, to which something else than the hub's own page has sent it. */
    private Answer backFrom(String... headers) {
        var underway = begin(
                owner.organization(), "organization=" + owner.organization() + "&to=/runs?status=failed", headers);
        provider.gives(
                provider.sign(provider.claims(underway.nonce(), Map.of("email", email("grace"), "name", "Grace"))));
        return comeBack(underway);
    }

    private static String cookie(Answer answer, String name) {
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.split(";", 2)[0])
                .findFirst()
                .orElse("");
    }

    private Answer look(String cookie) {
        return TestUser.nobody(port).get(WAITING, "Cookie", cookie);
    }

    private Answer takeUp(String cookie, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "Cookie";
        all[1] = cookie;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return TestUser.nobody(port).post(WAITING, "", all);
    }

    /** A link on another page, one in a mail, and a browser that does not say. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", ""})
    void waitsForThePersonsWord(String from) {
        var back = from.isEmpty() ? backFrom() : backFrom("Sec-Fetch-Site", from);

        assertThat(back.status()).isEqualTo(302);
        assertThat(back.header("Location")).isEqualTo("/sign-in/confirm");
        assertThat(cookie(back, "cadre_refresh")).as("nothing is overwritten").isEmpty();
        assertThat(back.response().headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("cadre_sso_waiting=")
                        .contains("HttpOnly", "SameSite=Strict", "Path=/auth/sso", "Max-Age=600"));
        var waiting = cookie(back, "cadre_sso_waiting");
        var shown = look(waiting).json();
        assertThat(shown.path("organization").asString()).isEqualTo("Analytical Engines");
        assertThat(shown.path("email").asString()).isEqualTo(email("grace"));
        assertThat(shown.path("name").asString()).isEqualTo("Grace");
        assertThat(shown.path("signedInAs").isNull()).isTrue();
        assertThat(TestAudit.actions(owner, "sso")).doesNotContain("sso.signed-in");

        var taken = takeUp(waiting);

        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        assertThat(taken.json().path("returnTo").asString()).isEqualTo("/runs?status=failed");
        var tokens = refresh(cookie(taken, "cadre_refresh"));
        assertThat(tokens.json().at("/user/email").asString()).isEqualTo(email("grace"));
        assertThat(TestAudit.actions(owner, "sso")).contains("sso.signed-in");
        assertThat(takeUp(waiting).json().path("code").asString()).as("once").isEqualTo("sso-state-invalid");
        assertThat(look(waiting).status()).isEqualTo(422);
    }

    @Test
    void signsInAtOnceFromTheHubsOwnPage() {
        var back = backFrom("Sec-Fetch-Site", "same-origin");

        assertThat(back.header("Location")).isEqualTo("/runs?status=failed");
        assertThat(cookie(back, "cadre_refresh")).isNotEmpty();
        assertThat(cookie(back, "cadre_sso_waiting")).isEmpty();
    }

    @Test
    void noOtherSitesPageGivesThePersonsWord() {
        var waiting = cookie(backFrom("Sec-Fetch-Site", "cross-site"), "cadre_sso_waiting");

        assertThat(takeUp(waiting, "Origin", "https://evil.example").status()).isEqualTo(403);
        assertThat(takeUp(waiting, "Sec-Fetch-Site", "cross-site").status()).isEqualTo(403);
        assertThat(TestUser.nobody(port)
                        .get(WAITING, "Cookie", waiting, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);

        assertThat(takeUp(waiting).status()).isEqualTo(200);
    }

    @Test
    void saysWhoseSignInItWouldReplace() {
        var waiting = cookie(backFrom(), "cadre_sso_waiting");
        var ada = TestUser.register(port);
        var signedIn =
                TestUser.nobody(port).post("/auth/login", Map.of("email", ada.email(), "password", TestUser.PASSWORD));

        var shown = look(waiting + "; " + cookie(signedIn, "cadre_refresh")).json();

        assertThat(shown.path("signedInAs").asString()).isEqualTo(ada.email());
        assertThat(refresh(cookie(signedIn, "cadre_refresh")).status())
                .as("that uses nothing up")
                .isEqualTo(200);
    }

    @Test
    void isOfNoUseForAnythingElseNorForLong() {
        var waiting = cookie(backFrom(), "cadre_sso_waiting");
        var secret = waiting.substring(waiting.indexOf('=') + 1);
        assertThat(refresh("cadre_refresh=" + secret).status()).isEqualTo(401);
        assertThat(look("").status()).isEqualTo(422);
        assertThat(takeUp("cadre_sso_waiting=invented").status()).isEqualTo(422);

        jdbc.sql("update session set expires_at = now() where sso_organization_id = cast(? as uuid)")
                .param(owner.organization())
                .update();

        assertThat(look(waiting).status()).isEqualTo(422);
        assertThat(takeUp(waiting).json().path("code").asString()).isEqualTo("sso-state-invalid");
    }

    @Test
    void lastsAsLongAsAnyOtherOnceItIsTakenUp() {
        takeUp(cookie(backFrom(), "cadre_sso_waiting"));

        assertThat(jdbc.sql("""
                        select extract(epoch from expires_at - now()) / 3600 from session
                        where sso_organization_id = cast(? as uuid)""").param(owner.organization()).query(Double.class).single())
                .isBetween(11.9, 12.0);
    }
}
