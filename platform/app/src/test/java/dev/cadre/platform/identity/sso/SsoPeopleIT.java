package dev.cadre.platform.identity.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose account somebody gets who comes from an identity provider, and what that opens. */
class SsoPeopleIT extends SsoTests {

    private Answer logIn(TestUser user) {
        return TestUser.nobody(port).post("/auth/login", Map.of("email", user.email(), "password", TestUser.PASSWORD));
    }

    /** Somebody who has an account with a password and an address of the organization's domain. */
    private TestUser withAddress(String email, boolean verified) {
        var user = TestUser.register(port);
        jdbc.sql(
                        "update user_account set email = ?, email_verified_at = case when ? then now() end where id = cast(? as uuid)")
                .param(email)
                .param(verified)
                .param(user.id())
                .update();
        return user;
    }

    @Test
    void comesBackToTheSameAccountWhateverTheAddressIsThen() {
        var first = arrive(signIn(owner, Map.of("sub", "s-1", "email", email("grace"))));
        var second = arrive(signIn(owner, Map.of("sub", "s-1", "email", email("married"))));
        assertThat(second.json().at("/user/id").asString())
                .isEqualTo(first.json().at("/user/id").asString());
        assertThat(second.json().at("/user/email").asString()).isEqualTo(email("grace"));
    }

    @Test
    void findsTheAccountOfAProvenAddress() {
        var grace = withAddress(email("grace"), true);

        var tokens = arrive(signIn(owner, Map.of("email", email("Grace"))));

        assertThat(tokens.json().at("/user/id").asString()).isEqualTo(grace.id());
        assertThat(tokens.json().at("/organization/id").asString()).isEqualTo(owner.organization());
    }

    @Test
    void takesNoAccountWhoseAddressWasNeverProven() {
        withAddress(email("squatted"), false);
        assertRefused(signIn(owner, Map.of("email", email("squatted"))), "sso-account-unproven");
    }

    @Test
    void takesNoAccountOfAnAddressElsewhere() {
        var victim = TestUser.register(port);
        jdbc.sql("update user_account set email_verified_at = now() where email = ?")
                .param(victim.email())
                .update();
        assertRefused(signIn(owner, Map.of("email", victim.email())), "sso-domain-unproven");
    }

    @Test
    void takesNoPersonOfAnotherOrganizationWithTheSameProvider() {
        var victim = arrive(signIn(owner, Map.of("sub", "s-1", "email", email("grace"))));
        var mallory = TestUser.register(port);
        assertThat(put(mallory, provider.settings(Map.of())).status()).isEqualTo(200);

        assertRefused(signIn(mallory, Map.of("sub", "s-1", "email", email("grace"))), "sso-domain-unproven");
        prove(mallory, "mallory-" + domain);
        var other = arrive(signIn(mallory, Map.of("sub", "s-1", "email", "x@mallory-" + domain)));
        assertThat(other.json().at("/user/id").asString())
                .isNotEqualTo(victim.json().at("/user/id").asString());
    }

    @Test
    void wantsAnAddressThatTheProviderHasVerified() {
        assertRefused(signIn(owner, Map.of()), "sso-no-email");
        assertRefused(signIn(owner, Map.of("email", "no address")), "sso-no-email");
        assertRefused(signIn(owner, Map.of("email", email("a"), "email_verified", false)), "sso-email-unverified");
        assertRefused(signIn(owner, Map.of("email", email("a"), "email_verified", "")), "sso-email-unverified");
        arrive(signIn(owner, Map.of("email", email("a"), "email_verified", "true")));

        setUp(Map.of("trustsEmails", true));
        arrive(signIn(owner, Map.of("email", email("b"), "email_verified", "")));
        assertRefused(signIn(owner, Map.of("email", email("c"), "email_verified", false)), "sso-email-unverified");
    }

    @Test
    void asksTheUserInfoForWhatTheTokenLeavesOut() {
        provider.userInfo = Map.of("sub", "somebody-else", "email", email("mallory"), "email_verified", true);
        assertRefused(signIn(owner, Map.of("sub", "s-1", "email_verified", "")), "sso-no-email");
        provider.userInfo = Map.of("sub", "s-1", "email", email("grace"), "email_verified", true, "groups", "staff");
        assertThat(arrive(signIn(owner, Map.of("sub", "s-1", "email_verified", "")))
                        .json()
                        .at("/user/email")
                        .asString())
                .isEqualTo(email("grace"));
    }

    @Test
    void givesTheRoleOfTheFirstGroupThatFits() {
        setUp(Map.of(
                "groupRoles",
                List.of(Map.of("group", "bosses", "role", "admin"), Map.of("group", "staff", "role", "member"))));
        assertThat(role(Map.of("groups", List.of("staff", "bosses")))).isEqualTo("admin");
        assertThat(role(Map.of("groups", "staff"))).isEqualTo("member");
        assertThat(role(Map.of("groups", List.of("others")))).isEqualTo("viewer");
        assertThat(role(Map.of())).isEqualTo("viewer");
        assertThat(role(Map.of("groups", List.of(7, Map.of("x", 1), "staff")))).isEqualTo("member");

        var settings = new HashMap<>(provider.settings(Map.of(
                "groupsClaim", "access.roles", "groupRoles", List.of(Map.of("group", "staff", "role", "member")))));
        settings.put("defaultRole", null);
        put(owner, settings);
        assertThat(role(Map.of("access", Map.of("roles", List.of("staff"))))).isEqualTo("member");
        assertRefused(signIn(owner, Map.of("email", email("nobody"))), "sso-no-role");
    }

    private String role(Map<String, ?> groups) {
        var claims = new HashMap<String, Object>(groups);
        claims.put("email", email(UUID.randomUUID().toString()));
        return arrive(signIn(owner, claims)).json().at("/organization/role").asString();
    }

    @Test
    void refusesMoreGroupsThanAnybodyIsIn() {
        var many = IntStream.range(0, 1_001).mapToObj(number -> "g" + number).toList();
        assertRefused(signIn(owner, Map.of("email", email("a"), "groups", many)), "sso-too-many-groups");
        assertRefused(
                signIn(owner, Map.of("email", email("a"), "_claim_names", Map.of("groups", "src1"))),
                "sso-too-many-groups");
        var huge = IntStream.range(0, 900)
                .mapToObj(number -> number + "x".repeat(290))
                .toList();
        assertThat(signIn(owner, Map.of("email", email("a"), "groups", huge)).header("Location"))
                .matches("/sign-in\\?sso=sso-(token-invalid|provider-failed)");
    }

    @Test
    void makesAndUnmakesNoOwner() {
        jdbc.sql("update user_account set email = ?, email_verified_at = now() where id = cast(? as uuid)")
                .param(email("boss"))
                .param(owner.id())
                .update();
        setUp(Map.of("groupRoles", List.of(Map.of("group", "staff", "role", "viewer"))));
        assertThat(arrive(signIn(owner, Map.of("email", email("boss"), "groups", "staff")))
                        .json()
                        .at("/organization/role")
                        .asString())
                .isEqualTo("owner");
        assertThat(put(owner, provider.settings(Map.of("defaultRole", "owner"))).status())
                .isEqualTo(422);
    }

    @Test
    void opensTheOrganizationThatVouchesAndNoOther() {
        var grace = withAddress(email("grace"), true);
        var home = grace.organization();

        var signedIn = arrive(signIn(owner, Map.of("email", email("grace"))));
        var user = user(signedIn);

        assertThat(user.get("/api/v1/me").json().path("organizations").size()).isEqualTo(1);
        assertThat(user.get("/api/v1/organizations").json().path("items").size())
                .isEqualTo(1);
        assertThat(user.get("/api/v1/organizations/" + home).status()).isEqualTo(404);
        assertThat(user.patch("/api/v1/organizations/" + home, Map.of("name", "Taken"))
                        .status())
                .isEqualTo(404);
        var switched = user.post("/api/v1/organizations/" + home + "/switch", Map.of());
        assertThat(switched.status()).isEqualTo(403);
        assertThat(switched.json().path("code").asString()).isEqualTo("sign-in-required");
        assertThat(switched.json().has("startUrl")).isFalse();
        assertThat(switched.body()).doesNotContain("Grace's");
        var strangers = TestUser.register(port).organization();
        assertThat(user.post("/api/v1/organizations/" + strangers + "/switch", Map.of())
                        .status())
                .isEqualTo(404);
        // by password the person is in both
        assertThat(grace.get("/api/v1/organizations").json().path("items").size())
                .isEqualTo(2);
    }

    /** The name is shown in all of the person's organizations, and a provider is nobody there. */
    @Test
    void changesNothingOfAnAccountThatBelongsElsewhereToo() {
        var grace = withAddress(email("grace"), true);
        var user = user(arrive(signIn(owner, Map.of("email", email("grace")))));

        var refused = user.patch("/api/v1/me", Map.of("name", "Mallory"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("code").asString()).isEqualTo("one-organization-only");
        assertThat(grace.get("/api/v1/me").json().at("/user/name").asString()).isEqualTo("Ada");
        assertThat(grace.patch("/api/v1/me", Map.of("name", "Grace")).status()).isEqualTo(204);
        var newcomer = user(arrive(signIn(owner, Map.of("sub", "s-2", "email", email("new")))));
        assertThat(newcomer.patch("/api/v1/me", Map.of("name", "New")).status()).isEqualTo(204);
    }

    @Test
    void saysHowAMemberGetsToAnotherOrganization() {
        var other = TestUser.register(port);
        prove(other, "other-" + domain);
        assertThat(put(other, provider.settings(Map.of())).status()).isEqualTo(200);
        var user = user(arrive(signIn(owner, Map.of("email", email("grace")))));
        assertThat(user.get("/api/v1/me").json().path("singleSignOn").asBoolean())
                .isTrue();
        assertThat(owner.get("/api/v1/me").json().path("singleSignOn").asBoolean())
                .isFalse();
        jdbc.sql(
                        "insert into membership (organization_id, user_id, role) values (cast(? as uuid), cast(? as uuid), 'member')")
                .param(other.organization())
                .param(user.get("/api/v1/me").json().at("/user/id").asString())
                .update();

        var refused = user.post("/api/v1/organizations/" + other.organization() + "/switch", Map.of());

        assertThat(refused.json().path("code").asString()).isEqualTo("sign-in-required");
        assertThat(refused.json().path("startUrl").asString())
                .isEqualTo("/auth/sso/start?organization=" + other.organization());
        assertThat(user.get("/api/v1/organizations").json().path("items").size())
                .isEqualTo(1);
    }

    @Test
    void connectsAnAccountThatIsSignedIn() {
        var guest = owner.colleague("member");
        var link = guest.post(SETTINGS + "/link", Map.of());
        assertThat(link.status()).isEqualTo(200);
        var underway = new Underway(
                owner.organization(),
                java.net.URI.create(link.json().path("authorizationUrl").asString()),
                link.header("Set-Cookie").split(";", 2)[0]);
        provider.gives(provider.sign(
                provider.claims(underway.nonce(), Map.of("sub", "guest", "email", "guest@elsewhere.example"))));
        assertThat(comeBack(underway).header("Location"))
                .startsWith("/settings/")
                .contains("connected=1");

        var tokens = arrive(signIn(owner, Map.of("sub", "guest", "email", "guest@elsewhere.example")));
        assertThat(tokens.json().at("/user/id").asString()).isEqualTo(guest.id());

        var thief = owner.colleague("member");
        var again = thief.post(SETTINGS + "/link", Map.of());
        var second = new Underway(
                owner.organization(),
                java.net.URI.create(again.json().path("authorizationUrl").asString()),
                again.header("Set-Cookie").split(";", 2)[0]);
        provider.gives(provider.sign(provider.claims(second.nonce(), Map.of("sub", "guest"))));
        assertRefused(comeBack(second), "sso-identity-taken");
    }

    @Test
    void setsAPasswordByMailOnly() {
        var user = user(arrive(signIn(owner, Map.of("email", email("grace")))));
        var answer = user.post("/api/v1/me/password", Map.of("currentPassword", "", "password", "a new long password"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("You have no password yet");
        assertThat(TestUser.nobody(port)
                        .post("/auth/login", Map.of("email", email("grace"), "password", "anything at all"))
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("wrong-credentials");
    }

    @Test
    void letsNobodyButOwnersInByPasswordWhereItIsRequired() {
        var member = owner.colleague("member");
        assertThat(put(owner, provider.settings(Map.of("enforced", true)))
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("sso-untried");
        arrive(signIn(owner, Map.of("email", email("grace"))));
        assertThat(member.get("/api/v1/workflows").status()).isEqualTo(200);

        setUp(Map.of("enforced", true));

        assertThat(member.get("/api/v1/workflows").status()).isEqualTo(401);
        assertThat(owner.get("/api/v1/workflows").status()).isEqualTo(200);
        assertThat(logIn(owner).status()).isEqualTo(200);
        // the member's own organization is still open, this one is not
        var own = logIn(member);
        assertThat(own.json().at("/organization/id").asString()).isNotEqualTo(owner.organization());
        var refused = user(own).post("/api/v1/organizations/" + owner.organization() + "/switch", Map.of());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("code").asString()).isEqualTo("sso-required");
        assertThat(refused.json().path("startUrl").asString())
                .isEqualTo("/auth/sso/start?organization=" + owner.organization());
        assertThat(user(own)
                        .get("/api/v1/organizations/" + owner.organization())
                        .status())
                .isEqualTo(404);
    }

    /** It stays required: by password, whoever has the domain now and so gets its mail could come in. */
    @Test
    void keepsNobodyOutWhoWasInWhenADomainLosesItsProof() {
        arrive(signIn(owner, Map.of("sub", "s-1", "email", email("grace"))));
        setUp(Map.of("enforced", true));
        jdbc.sql("update sso_domain set proven_at = null where domain = ?")
                .param(domain)
                .update();

        arrive(signIn(owner, Map.of("sub", "s-1", "email", email("grace"))));
        assertThat(logIn(owner).status()).isEqualTo(200);
        assertRefused(signIn(owner, Map.of("email", email("new"))), "sso-domain-unproven");
        assertThat(TestUser.nobody(port)
                        .get("/auth/sso/start?email=" + email("grace"))
                        .header("Location"))
                .isEqualTo("/sign-in?sso=sso-unknown");
    }

    @Test
    void endsASignInThatTheProviderTakesBack() {
        var cookie = refreshCookie(signIn(owner, Map.of("email", email("grace"))));
        jdbc.sql("update sso_session set checked_at = now() - interval '1 hour'")
                .update();
        provider.refuses("temporarily_unavailable");
        var kept = refresh(cookie);
        assertThat(kept.status()).isEqualTo(200);

        jdbc.sql("update sso_session set checked_at = now() - interval '1 hour'")
                .update();
        provider.refuses("invalid_grant");
        var next = kept.response().headers().allValues("Set-Cookie").getFirst().split(";", 2)[0];
        assertThat(refresh(next).json().path("code").asString()).isEqualTo("session-ended");
        assertThat(user(kept).get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void endsSignInsWithTheProviderThatVouchedForThem() {
        var user = user(arrive(signIn(owner, Map.of("email", email("grace")))));
        assertThat(owner.delete(SETTINGS).status()).isEqualTo(204);
        assertThat(user.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(TestUser.nobody(port)
                        .get("/auth/sso/start?email=" + email("grace"))
                        .header("Location"))
                .isEqualTo("/sign-in?sso=sso-unknown");
    }

    @Test
    void listensToNoForgedLogout() {
        var user = user(arrive(signIn(owner, Map.of("sub", "s-1", "email", email("grace"), "sid", "session-1"))));
        var event = Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());
        var claims = new HashMap<>(
                provider.claims("", Map.of("sub", "s-1", "sid", "session-1", "jti", "1", "events", event)));
        assertThat(logout(TestProvider.sign(
                        TestProvider.key("mine"),
                        new com.nimbusds.jose.JWSHeader.Builder(com.nimbusds.jose.JWSAlgorithm.RS256)
                                .keyID("first")
                                .build(),
                        claims)))
                .isEqualTo(422);
        assertThat(logout("x")).isEqualTo(422);
        assertThat(user.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(logout(provider.sign(claims))).isEqualTo(200);
        assertThat(user.get("/api/v1/me").status()).isEqualTo(401);
    }

    private int logout(String token) {
        return TestUser.nobody(port)
                .post(
                        "/auth/sso/logout/" + owner.organization(),
                        "logout_token=" + token,
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .status();
    }
}
