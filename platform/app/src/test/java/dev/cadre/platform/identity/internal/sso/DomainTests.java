package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.SettableClock;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.identity.internal.OwnerMail;
import dev.cadre.platform.organization.Organizations;
import dev.cadre.platform.shared.OrganizationId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A domain, a real DNS server that the test runs and that knows this domain alone, and a clock that the test sets. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class DomainTests {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    Organizations organizations;

    @Autowired
    OwnerMail mail;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    DomainRows rows;

    final SettableClock clock = new SettableClock();
    final String domain = UUID.randomUUID() + ".example";
    TextDns dns;
    SsoDomains domains;
    DomainWatch watch;

    @BeforeEach
    void setUp() {
        dns = TextDns.start(domain);
        startWith(List.of());
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    /** As a hub whose operator says that domains belong to organizations. */
    void startWith(List<String> byOperator) {
        var settings = new SsoSettings(byOperator, dns.address(), "P1D", "P7D");
        var proofs = new DomainProofs(
                rows, transactions, new TxtRecords(settings), organizations, mail, events, clock, settings);
        domains = new SsoDomains(rows, proofs, events, settings);
        watch = new DomainWatch(rows, proofs, settings, clock);
    }

    static OrganizationId organization(TestUser user) {
        return new OrganizationId(UUID.fromString(user.organization()));
    }

    /** Puts the organization's word into the domain's DNS, and has it found. */
    void prove(OrganizationId organization) {
        var claimed = domains.claim(organization, domain);
        dns.records.put(claimed.recordName(), List.of(claimed.recordValue()));
        domains.check(organization, domain);
    }
}
