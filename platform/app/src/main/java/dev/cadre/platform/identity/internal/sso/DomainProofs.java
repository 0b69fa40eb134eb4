package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.identity.internal.OwnerMail;
import dev.cadre.platform.organization.Organizations;
import dev.cadre.platform.shared.Audited;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks for organizations' words in the DNS of their domains. A record that is there proves a domain. One that has gone takes
 * the proof away again, though not at once: owners are told and have a time to put it back. A DNS that gives no answer says
 * nothing of either.
 */
@Component
class DomainProofs {

    /** How soon again after no answer, and while a record is missing. */
    private static final Duration SOON = Duration.ofHours(1);

    private static final String PAGE = "/settings/single-sign-on";

    private static final String CONSEQUENCES =
            "Then nobody new joins by single sign-on with such an address, and the sign-in page does not find your identity"
                    + " provider by it. Whoever has come by single sign-on before still can, by its start address.";

    private final DomainRows rows;
    private final TransactionOperations transactions;
    private final TxtRecords records;
    private final Organizations organizations;
    private final OwnerMail mail;
    private final ApplicationEventPublisher events;
    private final Clock time;
    private final SsoSettings settings;

    DomainProofs(
            DomainRows rows,
            TransactionOperations transactions,
            TxtRecords records,
            Organizations organizations,
            OwnerMail mail,
            ApplicationEventPublisher events,
            Clock time,
            SsoSettings settings) {
        this.rows = rows;
        this.transactions = transactions;
        this.records = records;
        this.organizations = organizations;
        this.mail = mail;
        this.events = events;
        this.time = time;
        this.settings = settings;
    }

    /**
     * Asks the DNS, which takes its time: not in a transaction.
     *
     * @return whether it gave an answer
     * @throws org.springframework.dao.DuplicateKeyException where the record is there and another organization has proven the domain
     */
    boolean look(DomainRow claim) {
        var texts = records.of(claim.recordName());
        if (texts.isEmpty()) {
            rows.later(claim, next(soon()));
            return false;
        }
        boolean found = texts.get().contains(claim.recordValue());
        transactions.executeWithoutResult(status -> rows.hold(claim).ifPresent(row -> {
            if (found) {
                found(row);
            } else if (row.provenAt() != null) {
                missing(row);
            } else {
                rows.save(row.lookedUp(time.instant()), next(settings.pause()));
            }
        }));
        return true;
    }

    /** When the proof is over if the record stays away; null where it is not missing. */
    @Nullable
    Instant endsAt(DomainRow row) {
        return row.provenAt() == null || row.missingSince() == null
                ? null
                : row.missingSince().plus(settings.grace());
    }

    private void found(DomainRow before) {
        rows.save(before.found(time.instant()), next(settings.pause()));
        if (before.provenAt() == null) {
            said(before, "sso.domain-proven", Map.of());
        } else if (before.missingSince() != null) {
            said(before, "sso.domain-found", Map.of());
        }
    }

    private void missing(DomainRow before) {
        var now = time.instant();
        var row = before.missing(now);
        var endsAt = endsAt(row);
        if (endsAt != null && !now.isBefore(endsAt)) {
            rows.save(row.unproven(), next(settings.pause()));
            said(row, "sso.domain-lost", Map.of("missingSince", String.valueOf(row.missingSince())));
            tell(
                    row,
                    "is not proven any more",
                    "Its proof is over. " + CONSEQUENCES
                            + " To prove it anew, put the record back and press \"Check\":");
            return;
        }
        rows.save(row, next(soon()));
        if (before.missingSince() == null && endsAt != null) {
            said(row, "sso.domain-missing", Map.of("endsAt", endsAt.toString()));
            tell(
                    row,
                    "loses its proof",
                    "If it is not back by " + OwnerMail.day(endsAt) + ", the proof is over. " + CONSEQUENCES
                            + " Put the record back, and press \"Check now\":");
        }
    }

    private void tell(DomainRow row, String what, String more) {
        mail.send(
                row.organization(),
                "The e-mail domain " + row.domain() + " " + what,
                "The TXT record that proves that the domain " + row.domain() + " belongs to the organization \""
                        + organizations.find(row.organization()).name()
                        + "\" at Cadre is not in its DNS any more:\n\n" + row.recordName() + ". TXT \""
                        + row.recordValue()
                        + "\"\n\n" + more,
                PAGE);
    }

    private void said(DomainRow row, String action, Map<String, ?> more) {
        events.publishEvent(
                Audited.of(row.organization(), action, Audited.Subject.of("domain", row.domain(), row.domain()), more));
    }

    private Duration soon() {
        return settings.pause().compareTo(SOON) < 0 ? settings.pause() : SOON;
    }

    /** A tenth sooner or later, so that what was proven together is not looked up together for ever. */
    private Instant next(Duration pause) {
        return time.instant().plusMillis((long)
                (pause.toMillis() * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
    }
}
