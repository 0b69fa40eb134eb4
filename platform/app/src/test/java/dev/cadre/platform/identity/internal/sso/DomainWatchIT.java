package dev.cadre.platform.identity.internal.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.identity.internal.sso.SsoDomains.ClaimedDomain;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a proof when its record goes, and of a DNS that says nothing. */
class DomainWatchIT extends DomainTests {

    /** Longer than from one look at a domain to the next. */
    private static final Duration A_DAY = Duration.ofHours(27);

    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private TestUser owner;
    private OrganizationId organization;

    @BeforeEach
    void proveIt() {
        owner = TestUser.register(port);
        organization = organization(owner);
        clock.set(begin);
        prove(organization);
    }

    private ClaimedDomain shown() {
        return domains.list(organization).getFirst();
    }

    private void lookAfter(Duration time) {
        clock.advance(time);
        watch.look();
    }

    private List<String> mails(TestUser to) {
        return jdbc.sql("select subject from mail_message where recipient = ? and subject like ? order by id")
                .param(to.email())
                .param("%" + domain + "%")
                .query(String.class)
                .list();
    }

    @Test
    void looksAgainWhenItsTimeHasComeAndNotBefore() {
        assertThat(shown().provenAt()).isEqualTo(begin);
        lookAfter(Duration.ofHours(20));
        assertThat(shown().lookedUpAt()).isEqualTo(begin);

        lookAfter(Duration.ofHours(7));

        assertThat(shown().proven()).isTrue();
        assertThat(shown().provenAt()).isEqualTo(begin);
        assertThat(shown().lookedUpAt()).isEqualTo(clock.instant());
        assertThat(shown().missingSince()).isNull();
        assertThat(mails(owner)).isEmpty();
    }

    @Test
    void takesTheProofAwayAfterATimeInWhichOwnersAreTold() {
        var admin = owner.colleague("admin");
        dns.records.clear();

        lookAfter(A_DAY);

        var missingSince = clock.instant();
        assertThat(shown().proven()).isTrue();
        assertThat(shown().missingSince()).isEqualTo(missingSince);
        assertThat(shown().endsAt()).isEqualTo(missingSince.plus(Duration.ofDays(7)));
        assertThat(domains.owner(domain)).contains(organization);
        assertThat(mails(owner)).containsExactly("The e-mail domain " + domain + " loses its proof");
        assertThat(mails(admin)).isEmpty();

        lookAfter(Duration.ofDays(6));
        assertThat(shown().proven()).isTrue();
        assertThat(shown().lookedUpAt()).isEqualTo(clock.instant());
        assertThat(mails(owner)).as("told once").hasSize(1);

        lookAfter(A_DAY);
        assertThat(shown().proven()).isFalse();
        assertThat(shown().missingSince()).isEqualTo(missingSince);
        assertThat(shown().endsAt()).isNull();
        assertThat(domains.owner(domain)).isEmpty();
        assertThat(mails(owner))
                .containsExactly(
                        "The e-mail domain " + domain + " loses its proof",
                        "The e-mail domain " + domain + " is not proven any more");
        assertThat(TestAudit.actions(owner, "sso"))
                .containsExactly("sso.domain-lost", "sso.domain-missing", "sso.domain-proven", "sso.domain-claimed");

        prove(organization);
        assertThat(shown().proven()).isTrue();
        assertThat(shown().missingSince()).isNull();
    }

    @Test
    void forgetsThatARecordWasMissingWhenItIsBack() {
        var kept = List.copyOf(dns.records.get("_cadre-challenge." + domain));
        dns.records.clear();
        lookAfter(A_DAY);
        dns.records.put("_cadre-challenge." + domain, kept);

        lookAfter(Duration.ofHours(2));

        assertThat(shown().missingSince()).isNull();
        assertThat(shown().provenAt()).isEqualTo(begin);
        assertThat(TestAudit.actions(owner, "sso")).startsWith("sso.domain-found", "sso.domain-missing");
        dns.records.clear();
        lookAfter(A_DAY);
        assertThat(shown().endsAt()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
    }

    @Test
    void takesNoAnswerForNoRecord() {
        dns.fails = true;
        lookAfter(Duration.ofDays(30));
        assertThat(shown().proven()).isTrue();
        assertThat(shown().missingSince()).isNull();
        assertThat(shown().lookedUpAt()).isEqualTo(begin);

        dns.fails = false;
        dns.records.clear();
        lookAfter(Duration.ofHours(2));
        var missingSince = clock.instant();
        dns.fails = true;
        lookAfter(Duration.ofDays(30));
        assertThat(shown().proven()).as("not without an answer").isTrue();
        assertThat(shown().missingSince()).isEqualTo(missingSince);
        assertThatThrownBy(() -> domains.check(organization, domain))
                .isInstanceOfSatisfying(
                        SsoException.class, e -> assertThat(e.code()).isEqualTo("sso-dns-failed"));

        dns.fails = false;
        lookAfter(Duration.ofHours(2));
        assertThat(shown().proven()).isFalse();
    }

    @Test
    void saysAtOnceHowItStandsToWhoAsks() {
        clock.advance(Duration.ofMinutes(1));
        assertThat(domains.check(organization, domain).lookedUpAt()).isEqualTo(clock.instant());
        dns.records.put("_cadre-challenge." + domain, List.of("cadre-domain-verification=another"));

        var checked = domains.check(organization, domain);

        assertThat(checked.proven()).isTrue();
        assertThat(checked.missingSince()).isEqualTo(clock.instant());
        domains.check(organization, domain);
        assertThat(mails(owner)).hasSize(1);
    }

    @Test
    void leavesWhatTheOperatorSaysAlone() {
        startWith(List.of(domain + "=" + organization));
        dns.records.clear();
        lookAfter(A_DAY);
        assertThat(shown().proven()).isTrue();
        startWith(List.of());
        assertThat(shown().missingSince()).isNull();
    }

    @Test
    void isLookedAtByOneNodeAtATime() {
        clock.advance(A_DAY);
        var now = clock.instant();
        var claimed = new ArrayList<String>();
        Optional<DomainRow> next;
        while ((next = rows.claim(now, now.plusSeconds(60))).isPresent()) {
            claimed.add(next.get().domain());
        }
        assertThat(claimed).containsOnlyOnce(domain);
        assertThat(rows.claim(now.plusSeconds(61), now.plusSeconds(120)))
                .as("a node that died in between")
                .isPresent();
    }
}
