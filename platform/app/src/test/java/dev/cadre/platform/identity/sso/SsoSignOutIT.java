package dev.cadre.platform.identity.sso;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a browser is sent that signs out, for the sign-in at the identity provider to end as well. */
class SsoSignOutIT extends SsoTests {

    @BeforeEach
    void nameAnAddress() {
        provider.metadata.put("end_session_endpoint", provider.issuer() + "/end");
    }

    private Answer signOut(String cookie) {
        return TestUser.nobody(port).post("/auth/logout", Map.of(), "Cookie", cookie);
    }

    private static String nextCookie(Answer refreshed) {
        return refreshed.response().headers().allValues("Set-Cookie").getFirst().split(";", 2)[0];
    }

    private Map<String, String> parameters(Answer out) {
        assertThat(out.status()).as(out.body()).isEqualTo(200);
        var address = out.json().path("continueAt").asString();
        assertThat(address).startsWith(provider.issuer() + "/end?");
        return new Underway("", URI.create(address), "").query();
    }

    @Test
    void goesToTheProviderWithItsOwnWordAndComesBack() throws Exception {
        var cookie = refreshCookie(signIn(owner, Map.of("sub", "s-1", "email", email("grace"))));

        var sent = parameters(signOut(cookie));

        assertThat(sent).containsEntry("client_id", TestProvider.CLIENT).doesNotContainKey("state");
        assertThat(SignedJWT.parse(sent.get("id_token_hint")).getJWTClaimsSet().getSubject())
                .isEqualTo("s-1");
        var back = URI.create(sent.get("post_logout_redirect_uri"));
        assertThat(back).hasPath("/auth/sso/callback/" + owner.organization());
        assertThat(TestUser.nobody(port).get(back.getPath()).header("Location")).isEqualTo("/sign-in");
        assertThat(refresh(cookie).status()).isEqualTo(401);
    }

    @Test
    void keepsTheTokenThatNobodyCanReadInTheDatabase() {
        var cookie = refreshCookie(signIn(owner, Map.of("email", email("grace"))));
        var kept = jdbc.sql("""
                        select s.id_token from sso_session s where s.organization_id = cast(? as uuid)""").param(owner.organization()).query(byte[].class).single();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("eyJ");
        assertThat(parameters(signOut(cookie)).get("id_token_hint")).startsWith("eyJ");
    }

    /** A used refresh token may be in a thief's hands: it ends the sign-in, and says nothing of the person. */
    @Test
    void saysNothingToWhoShowsAnOldToken() {
        var cookie = refreshCookie(signIn(owner, Map.of("email", email("grace"))));
        assertThat(refresh(cookie).status()).isEqualTo(200);

        var out = signOut(cookie);

        assertThat(out.status()).isEqualTo(200);
        assertThat(out.json().path("continueAt").isString()).isFalse();
    }

    @Test
    void leavesATokenOutThatIsTooLongForAnAddress() {
        var cookie = refreshCookie(signIn(owner, Map.of("email", email("grace"), "much", "x".repeat(6_000))));
        assertThat(parameters(signOut(cookie)))
                .containsEntry("client_id", TestProvider.CLIENT)
                .doesNotContainKey("id_token_hint");
    }

    @Test
    void staysHereWhereTheProviderNamesNoAddressThatIsSafe() {
        provider.metadata.put("end_session_endpoint", "javascript:alert(1)");
        var cookie = refreshCookie(signIn(owner, Map.of("email", email("grace"))));
        var out = signOut(cookie);
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.json().path("continueAt").isString()).isFalse();
    }

    @Test
    void staysHereAfterASignInByPassword() {
        var out = owner.post("/auth/logout", Map.of());
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.json().path("continueAt").isString()).isFalse();
    }

    @Test
    void remembersWhatTheProviderSaidLast() throws Exception {
        var cookie = refreshCookie(signIn(owner, Map.of("sub", "s-2", "email", email("grace"))));
        jdbc.sql("update sso_session set checked_at = now() - interval '1 hour'")
                .update();
        provider.gives(provider.sign(
                provider.claims("", Map.of("sub", "s-2", "email", email("grace"), "jti", "the-second-one"))));

        var sent = parameters(signOut(nextCookie(refresh(cookie))));

        assertThat(SignedJWT.parse(sent.get("id_token_hint")).getJWTClaimsSet().getJWTID())
                .isEqualTo("the-second-one");
    }
}
