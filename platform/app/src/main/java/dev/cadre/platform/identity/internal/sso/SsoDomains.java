package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.identity.internal.Tokens;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whose an e-mail domain is: of the organization that put its word into the domain's DNS, or that the operator names. To
 * claim a domain gives nothing, and what is proven for one organization counts for no other.
 */
@Service
public class SsoDomains {

    private static final int MOST = 100;

    /**
     * A domain that an organization has claimed.
     *
     * @param recordName where its proof belongs, and {@code recordValue} what; both null where the operator said whose it is
     * @param provenAt null while it is only claimed
     * @param lookedUpAt when its DNS was last heard
     * @param missingSince since when the record is not there; null where it is, or nobody has looked
     * @param endsAt when the proof is over if the record does not come back
     */
    public record ClaimedDomain(
            String domain,
            boolean proven,
            @Nullable String recordName,
            @Nullable String recordValue,
            @Nullable Instant provenAt,
            @Nullable Instant lookedUpAt,
            @Nullable Instant missingSince,
            @Nullable Instant endsAt) {}

    private final DomainRows rows;
    private final DomainProofs proofs;
    private final ApplicationEventPublisher events;
    private final Map<String, OrganizationId> byOperator;

    SsoDomains(DomainRows rows, DomainProofs proofs, ApplicationEventPublisher events, SsoSettings settings) {
        this.rows = rows;
        this.proofs = proofs;
        this.events = events;
        this.byOperator = settings.owners();
    }

    public List<ClaimedDomain> list(OrganizationId organization) {
        var all = new ArrayList<ClaimedDomain>();
        byOperator.forEach((domain, owner) -> {
            if (owner.equals(organization)) {
                all.add(new ClaimedDomain(domain, true, null, null, null, null, null, null));
            }
        });
        rows.list(organization).stream()
                .filter(row -> !organization.equals(byOperator.get(row.domain())))
                .map(this::shown)
                .forEach(all::add);
        return List.copyOf(all);
    }

    /** Again for a domain that is claimed already: the same word. */
    @Transactional
    public ClaimedDomain claim(OrganizationId organization, String given) {
        var domain = Domain.of(given)
                .orElseThrow(() -> SsoException.invalid("/domain", "Must be a domain such as example.com."));
        if (organization.equals(byOperator.get(domain))) {
            return get(organization, domain);
        }
        boolean added = rows.add(organization, domain, Tokens.create(), MOST);
        if (added) {
            said(organization, "sso.domain-claimed", domain);
        }
        return list(organization).stream()
                .filter(claimed -> claimed.domain().equals(domain))
                .findFirst()
                .orElseThrow(() -> SsoException.invalid(
                        "/domain", added ? "Try again." : "An organization can claim " + MOST + " domains."));
    }

    /**
     * Looks for the organization's word in the domain's DNS now, which takes its time: not in a transaction. A proven domain
     * whose record is missing is answered as it stands then; one that was not proven is refused.
     */
    public ClaimedDomain check(OrganizationId organization, String given) {
        var claimed = get(organization, given);
        if (claimed.recordName() == null) {
            return claimed;
        }
        var domain = claimed.domain();
        if (byOperator.containsKey(domain)) {
            throw SsoException.domainTaken();
        }
        var row = row(organization, domain);
        try {
            if (!proofs.look(row)) {
                throw SsoException.dnsFailed(row.recordName());
            }
        } catch (DuplicateKeyException e) {
            throw SsoException.domainTaken();
        }
        var now = get(organization, domain);
        if (!claimed.proven() && !now.proven()) {
            throw SsoException.domainMissing(row.recordName(), row.recordValue());
        }
        return now;
    }

    @Transactional
    public void release(OrganizationId organization, String given) {
        if (!rows.delete(organization, Domain.of(given).orElse(""))) {
            throw SsoException.domainNotFound();
        }
        said(organization, "sso.domain-released", given);
    }

    private void said(OrganizationId organization, String action, String domain) {
        events.publishEvent(Audited.of(organization, action, Audited.Subject.of("domain", domain, domain)));
    }

    boolean isProven(OrganizationId organization, String email) {
        return Domain.ofEmail(email)
                .flatMap(this::owner)
                .filter(organization::equals)
                .isPresent();
    }

    /** Whose members have addresses in this domain. */
    Optional<OrganizationId> owner(String domain) {
        var said = byOperator.get(domain);
        if (said != null) {
            return Optional.of(said);
        }
        return rows.owner(domain);
    }

    private ClaimedDomain get(OrganizationId organization, String given) {
        var domain = Domain.of(given).orElseThrow(SsoException::domainNotFound);
        return list(organization).stream()
                .filter(claimed -> claimed.domain().equals(domain))
                .findFirst()
                .orElseThrow(SsoException::domainNotFound);
    }

    private DomainRow row(OrganizationId organization, String domain) {
        return rows.list(organization).stream()
                .filter(row -> row.domain().equals(domain))
                .findFirst()
                .orElseThrow(SsoException::domainNotFound);
    }

    private ClaimedDomain shown(DomainRow row) {
        boolean proven = row.provenAt() != null && !byOperator.containsKey(row.domain());
        return new ClaimedDomain(
                row.domain(),
                proven,
                row.recordName(),
                row.recordValue(),
                row.provenAt(),
                row.lookedUpAt(),
                row.missingSince(),
                proofs.endsAt(row));
    }
}
