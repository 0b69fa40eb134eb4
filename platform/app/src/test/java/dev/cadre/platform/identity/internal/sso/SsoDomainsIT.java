package dev.cadre.platform.identity.internal.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose a domain is, asked of a real DNS server that the test runs. */
class SsoDomainsIT extends DomainTests {

    private static final String DOMAINS = "/api/v1/organizations/sso/domains";

    @Test
    void provesADomainByTheWordInItsDns() {
        var organization = organization(TestUser.register(port));
        var claimed = domains.claim(organization, " " + domain.toUpperCase() + " ");
        assertThat(claimed.domain()).isEqualTo(domain);
        assertThat(claimed.proven()).isFalse();
        assertThat(claimed.recordName()).isEqualTo("_cadre-challenge." + domain);
        assertThat(claimed.recordValue()).matches("cadre-domain-verification=[A-Za-z0-9_-]{43}");
        assertThat(domains.claim(organization, domain).recordValue()).isEqualTo(claimed.recordValue());
        assertThatThrownBy(() -> domains.check(organization, domain)).hasMessageContaining(claimed.recordName());
        assertThat(domains.isProven(organization, "ada@" + domain)).isFalse();

        dns.records.put(claimed.recordName(), List.of("v=spf1 -all", claimed.recordValue()));

        assertThat(domains.check(organization, domain).proven()).isTrue();
        assertThat(domains.isProven(organization, "ada@" + domain)).isTrue();
        assertThat(domains.isProven(organization, "ada@sub." + domain)).isFalse();
        assertThat(domains.owner(domain)).contains(organization);
        domains.release(organization, domain);
        assertThat(domains.owner(domain)).isEmpty();
    }

    @Test
    void isProvenByNoOtherOrganizationsWord() {
        var mine = organization(TestUser.register(port));
        var theirs = organization(TestUser.register(port));
        var claimed = domains.claim(theirs, domain);
        dns.records.put("_cadre-challenge." + domain, List.of(claimed.recordValue()));
        domains.claim(mine, domain);

        assertThatThrownBy(() -> domains.check(mine, domain)).isInstanceOf(SsoException.class);
        domains.check(theirs, domain);
        assertThat(domains.isProven(mine, "ada@" + domain)).isFalse();
    }

    @Test
    void belongsToOneOrganizationAtATime() {
        var first = organization(TestUser.register(port));
        var second = organization(TestUser.register(port));
        dns.records.put(
                "_cadre-challenge." + domain,
                List.of(
                        domains.claim(first, domain).recordValue(),
                        domains.claim(second, domain).recordValue()));
        domains.check(first, domain);

        assertThatThrownBy(() -> domains.check(second, domain))
                .isInstanceOfSatisfying(
                        SsoException.class, e -> assertThat(e.code()).isEqualTo("sso-domain-taken"));
    }

    @Test
    void isWhoseTheOperatorSays() {
        var first = organization(TestUser.register(port));
        var second = organization(TestUser.register(port));
        prove(first);

        startWith(List.of(domain + "=" + second));

        assertThat(domains.owner(domain)).contains(second);
        assertThat(domains.isProven(first, "ada@" + domain)).isFalse();
        assertThat(domains.list(first)).noneMatch(SsoDomains.ClaimedDomain::proven);
        assertThat(domains.list(second)).singleElement().satisfies(one -> {
            assertThat(one.proven()).isTrue();
            assertThat(one.recordName()).isNull();
        });
    }

    @Test
    void tellsTheAuditLog() {
        var owner = TestUser.register(port);
        var organization = organization(owner);
        prove(organization);
        assertThat(owner.delete(DOMAINS + "/" + domain).status()).isEqualTo(204);

        assertThat(TestAudit.actions(owner, "sso"))
                .containsExactly("sso.domain-released", "sso.domain-proven", "sso.domain-claimed");
    }

    @Test
    void isClaimedOverTheApiByOwnersOnly() {
        var owner = TestUser.register(port);
        assertThat(owner.post(DOMAINS, Map.of("domain", domain)).status()).isEqualTo(201);
        assertThat(owner.get(DOMAINS).json().at("/items/0/recordName").asString())
                .isEqualTo("_cadre-challenge." + domain);
        for (var wrong : List.of(
                "",
                "localhost",
                "10.0.0.1",
                "a b.example",
                "exam\u212ale.com",
                "-x.example",
                "x".repeat(190) + ".example")) {
            assertThat(owner.post(DOMAINS, Map.of("domain", wrong)).status())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(owner.colleague("admin").get(DOMAINS).status()).isEqualTo(403);
        var other = TestUser.register(port);
        assertThat(other.get(DOMAINS).json().path("items").isEmpty()).isTrue();
        assertThat(other.delete(DOMAINS + "/" + domain).status()).isEqualTo(404);
        assertThat(other.post(DOMAINS + "/" + domain + "/check", Map.of()).status())
                .isEqualTo(404);
        assertThat(owner.delete(DOMAINS + "/" + domain).status()).isEqualTo(204);
    }
}
