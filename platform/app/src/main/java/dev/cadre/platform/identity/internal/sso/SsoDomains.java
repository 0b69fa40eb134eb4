package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.internal.Tokens;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Whose an e-mail domain is: of the organization that put its word into the domain's DNS, or that the operator names. To
 * claim a domain gives nothing, and what is proven for one organization counts for no other.
 */
@Service
public class SsoDomains {

    private static final String LABEL = "_cadre-challenge.";
    private static final String PREFIX = "cadre-domain-verification=";
    private static final int MOST = 100;

    /**
     * A domain that an organization has claimed.
     *
     * @param recordName where its proof belongs, and {@code recordValue} what; both null where the operator said whose it is
     * @param provenAt null while it is only claimed
     */
    public record ClaimedDomain(
            String domain,
            boolean proven,
            @Nullable String recordName,
            @Nullable String recordValue,
            @Nullable Instant provenAt) {}

    private record Row(
            String domain, String token, @Nullable Instant provenAt) {}

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final TxtRecords records;
    private final ApplicationEventPublisher events;
    private final Map<String, OrganizationId> byOperator;

    SsoDomains(
            JdbcClient jdbc,
            TransactionOperations transactions,
            TxtRecords records,
            ApplicationEventPublisher events,
            SsoSettings settings) {
        this.transactions = transactions;
        this.events = events;
        this.jdbc = jdbc;
        this.records = records;
        this.byOperator = settings.owners();
    }

    public List<ClaimedDomain> list(OrganizationId organization) {
        var all = new ArrayList<ClaimedDomain>();
        byOperator.forEach((domain, owner) -> {
            if (owner.equals(organization)) {
                all.add(new ClaimedDomain(domain, true, null, null, null));
            }
        });
        jdbc
                .sql("select domain, token, proven_at from sso_domain where organization_id = ? order by domain")
                .param(organization.value())
                .query((row, number) -> new Row(
                        row.getString("domain"),
                        row.getString("token"),
                        row.getTimestamp("proven_at") == null
                                ? null
                                : row.getTimestamp("proven_at").toInstant()))
                .list()
                .stream()
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
        int rows = jdbc.sql("""
                        insert into sso_domain (organization_id, domain, token)
                        select :organization, :domain, :token
                        where (select count(*) from sso_domain where organization_id = :organization) < :most
                        on conflict do nothing""")
                .param("organization", organization.value())
                .param("domain", domain)
                .param("token", Tokens.create())
                .param("most", MOST)
                .update();
        if (rows == 1) {
            said(organization, "sso.domain-claimed", domain);
        }
        return list(organization).stream()
                .filter(claimed -> claimed.domain().equals(domain))
                .findFirst()
                .orElseThrow(() -> SsoException.invalid(
                        "/domain", rows == 0 ? "An organization can claim " + MOST + " domains." : "Try again."));
    }

    /** Looks for the organization's word in the domain's DNS: not in a transaction, since that takes its time. */
    public ClaimedDomain prove(OrganizationId organization, String given) {
        var claimed = get(organization, given);
        var name = claimed.recordName();
        var value = claimed.recordValue();
        if (claimed.proven() || name == null || value == null) {
            return claimed;
        }
        if (byOperator.containsKey(claimed.domain())) {
            throw SsoException.domainTaken();
        }
        if (!records.of(name).contains(value)) {
            throw SsoException.domainMissing(name, value);
        }
        try {
            transactions.executeWithoutResult(status -> {
                jdbc.sql("update sso_domain set proven_at = now() where organization_id = ? and domain = ?")
                        .param(organization.value())
                        .param(claimed.domain())
                        .update();
                said(organization, "sso.domain-proven", claimed.domain());
            });
        } catch (DuplicateKeyException e) {
            throw SsoException.domainTaken();
        }
        return get(organization, claimed.domain());
    }

    @Transactional
    public void release(OrganizationId organization, String given) {
        int deleted = jdbc.sql("delete from sso_domain where organization_id = ? and domain = ?")
                .param(organization.value())
                .param(Domain.of(given).orElse(""))
                .update();
        if (deleted == 0) {
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
        return Walls.outside(
                () -> jdbc.sql("select organization_id from sso_domain where domain = ? and proven_at is not null")
                        .param(domain)
                        .query(UUID.class)
                        .optional()
                        .map(OrganizationId::new));
    }

    private ClaimedDomain get(OrganizationId organization, String given) {
        var domain = Domain.of(given).orElseThrow(SsoException::domainNotFound);
        return list(organization).stream()
                .filter(claimed -> claimed.domain().equals(domain))
                .findFirst()
                .orElseThrow(SsoException::domainNotFound);
    }

    private ClaimedDomain shown(Row row) {
        boolean proven = row.provenAt() != null && !byOperator.containsKey(row.domain());
        return new ClaimedDomain(row.domain(), proven, LABEL + row.domain(), PREFIX + row.token(), row.provenAt());
    }
}
