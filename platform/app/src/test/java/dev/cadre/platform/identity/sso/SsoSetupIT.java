package dev.cadre.platform.identity.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an owner enters, and where the hub goes with it. */
class SsoSetupIT extends SsoTests {

    @Test
    void showsWhatIsSetUpButNeverTheSecret() {
        var view = owner.get(SETTINGS);
        assertThat(view.json().at("/provider/issuer").asString()).isEqualTo(provider.issuer());
        assertThat(view.json().at("/provider/hasClientSecret").asBoolean()).isTrue();
        assertThat(view.json().path("redirectUri").asString()).endsWith("/auth/sso/callback/" + owner.organization());
        assertThat(view.body()).doesNotContain(TestProvider.SECRET);
        assertThat(jdbc.sql(
                                "select encode(client_secret, 'escape') from sso_provider where organization_id = cast(? as uuid)")
                        .param(owner.organization())
                        .query(String.class)
                        .single())
                .doesNotContain(TestProvider.SECRET);
        var nothing = TestUser.register(port).get(SETTINGS);
        assertThat(nothing.status()).isEqualTo(200);
        assertThat(nothing.json().path("provider").isNull()).isTrue();
    }

    @Test
    void tellsTheAuditLog() {
        put(owner, provider.settings(Map.of()));
        assertThat(owner.delete(SETTINGS).status()).isEqualTo(204);
        assertThat(TestAudit.actions(owner, "sso")).contains("sso.changed", "sso.removed");
        assertThat(owner.get("/api/v1/audit-export?action=sso").body()).doesNotContain(TestProvider.SECRET);
    }

    @Test
    void isForOwnersOnly() {
        for (var role : List.of("admin", "member", "viewer")) {
            var colleague = owner.colleague(role);
            assertThat(colleague.get(SETTINGS).status()).as(role).isEqualTo(403);
            assertThat(colleague
                            .put(SETTINGS, provider.settings(Map.of()), "If-Match", "*")
                            .status())
                    .as(role)
                    .isEqualTo(403);
        }
    }

    @Test
    void isChangedByRevision() {
        var settings = provider.settings(Map.of());
        assertThat(owner.put(SETTINGS, settings).status()).isEqualTo(428);
        assertThat(owner.put(SETTINGS, settings, "If-Match", "\"77\"").status()).isEqualTo(412);
        var first = put(owner, settings);
        assertThat(first.header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void sendsASecretToNoOtherProvider() {
        var settings = new HashMap<>(provider.settings(Map.of()));
        settings.remove("clientSecret");
        assertThat(put(owner, settings).json().at("/provider/hasClientSecret").asBoolean())
                .isTrue();
        try (var thief = TestProvider.start()) {
            settings.put("issuer", thief.issuer());
            var saved = put(owner, settings);
            assertThat(saved.status()).isEqualTo(422);
            assertThat(saved.body()).contains("/clientSecret");
            assertThat(owner.post(SETTINGS + "/test", settings).status()).isEqualTo(422);
            assertThat(thief.tokenRequests).isEmpty();
        }
    }

    @Test
    void mapsGroupsToRolesOfTheOrganizationsOwn() {
        var role = owner.post(
                        "/api/v1/roles",
                        Map.of("name", "Auditors", "permissions", List.of("run:read", "project:all", "audit:read")))
                .json();
        setUp(Map.of(
                "groupRoles",
                List.of(Map.of("group", "audit", "role", role.path("id").asString()))));
        var tokens = arrive(signIn(owner, Map.of("email", email("grace"), "groups", "audit")));
        assertThat(tokens.json().at("/organization/role").asString()).isEqualTo("custom");
        assertThat(put(owner, provider.settings(Map.of("groupRoles", List.of(Map.of("group", "x", "role", "nobody")))))
                        .body())
                .contains("/groupRoles/0/role");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login.example.com",
                "ftp://login.example.com",
                "http://login.example.com",
                "http://10.0.0.1",
                "https://user:secret@login.example.com",
                "https://login.example.com/?realm=x",
                "https://login.example.com/#x",
                "https://",
                "file:///etc/passwd",
                "https://a b"
            })
    void refusesAnIssuerThatIsNone(String issuer) {
        var answer = put(owner, provider.settings(Map.of("issuer", issuer)));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("/issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest",
                "https://10.0.0.1",
                "https://[::1]",
                "https://192.168.1.1:8443/realms/x",
                "https://0x7f000002"
            })
    void reachesNoAddressThatIsNotPublic(String issuer) {
        var answer = owner.post(SETTINGS + "/test", provider.settings(Map.of("issuer", issuer)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("ok").asBoolean()).isFalse();
        assertThat(answer.body()).containsAnyOf("it is not a public address", "can't be reached");
    }

    @Test
    void goesToNoAddressThatAProviderNamesInside() {
        for (var member : List.of("token_endpoint", "jwks_uri", "userinfo_endpoint")) {
            try (var evil = TestProvider.start()) {
                evil.metadata.put(member, "http://169.254.169.254/latest/meta-data");
                var answer = owner.post(SETTINGS + "/test", evil.settings(Map.of()));
                assertThat(answer.json().path("ok").asBoolean()).as(member).isFalse();
                assertThat(answer.body()).contains("does not start with https://");
            }
        }
        try (var evil = TestProvider.start()) {
            evil.metadata.put("jwks_uri", "https://169.254.169.254/latest/meta-data");
            assertThat(owner.post(SETTINGS + "/test", evil.settings(Map.of())).body())
                    .contains("keys can't be read");
        }
    }

    @Test
    void saysWhatIsMissing() {
        provider.refuses("invalid_grant");
        var works = owner.post(SETTINGS + "/test", provider.settings(Map.of()));
        assertThat(works.json().path("ok").asBoolean()).as(works.body()).isTrue();
        provider.refuses("invalid_client");
        assertThat(owner.post(SETTINGS + "/test", provider.settings(Map.of())).body())
                .contains("does not accept the client id or the secret");
        provider.metadata.put("issuer", "https://login.example.com");
        assertThat(owner.post(SETTINGS + "/test", provider.settings(Map.of())).body())
                .contains("calls itself https://login.example.com");
        var other = TestUser.register(port);
        assertThat(other.post(SETTINGS + "/test", provider.settings(Map.of())).body())
                .contains("No e-mail domain is proven yet");
    }
}
