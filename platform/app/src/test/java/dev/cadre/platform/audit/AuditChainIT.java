package dev.cadre.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.audit.AuditChains.ChainProblem;
import dev.cadre.platform.audit.AuditChains.ChainReport;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;

/** An administrator of the database, who may do everything there, can't change the log without being found out. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AuditChainIT {

    private final OrganizationId organization = OrganizationId.create();

    @Autowired
    AuditChains chains;

    @Autowired
    ApplicationEventPublisher events;

    @Test
    void isIntactAfterEventsOfManyAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                int number = i;
                threads.submit(() -> happens(number));
            }
        }
        var report = chained();
        assertThat(report.problems()).isEmpty();
        assertThat(report.intact()).isTrue();
        assertThat(report.checked()).isEqualTo(50);
        assertThat(report.firstPosition()).isOne();
        assertThat(report.end().position()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    update audit_event set action = 'nothing.done' where organization_id = $ and position = 2 | foreign
                    update audit_event set at = at - interval '1 day' where organization_id = $ and position = 2 | foreign
                    update audit_event set actor_id = gen_random_uuid() where organization_id = $ and position = 2 | foreign
                    update audit_event set subject_id = '7' where organization_id = $ and position = 2 | foreign
                    update audit_event set content = '{}' where organization_id = $ and position = 2 | text-changed
                    update audit_event set content = null where organization_id = $ and position = 2 | text-missing
                    update audit_event set origin = '{}' where organization_id = $ and position = 2 | text-changed
                    update audit_event set hash = sha256('x') where organization_id = $ and position = 2 | changed
                    delete from audit_event where organization_id = $ and position = 2 | missing
                    delete from audit_event where organization_id = $ and position = 1 | missing
                    delete from audit_event where organization_id = $ and position = 4 | missing
                    delete from audit_event where organization_id = $ | missing
                    delete from audit_head where organization_id = $ | end
                    update audit_head set position = 3 where organization_id = $ | end
                    update audit_event set position = position + 10 where organization_id = $ and position = 4 | missing
                    insert into audit_anchor select organization_id, 1, hash, hash from audit_event where organization_id = $ and position = 1 | beginning
                    """)
    void findsWhatTheAdministratorOfTheDatabaseDid(String statement, String kind) {
        four();
        asAdministrator(statement);
        var report = chains.verify(organization, null);
        assertThat(report.intact()).isFalse();
        assertThat(report.problems()).extracting(ChainProblem::kind).contains(kind);
    }

    @Test
    void findsEventsThatChangedPlaces() {
        four();
        asAdministrator("""
                update audit_event set position = -1 where organization_id = $ and position = 2;
                update audit_event set position = 2 where organization_id = $ and position = 3;
                update audit_event set position = 3 where organization_id = $ and position = -1""");
        assertThat(chains.verify(organization, null).problems())
                .extracting(ChainProblem::kind)
                .contains("changed");
    }

    @Test
    void findsAnEventThatTheHubDidNotWrite() {
        four();
        asAdministrator("""
                select audit_record(gen_random_uuid(), $, null, now(), 'system', null, 'thing.done', 'thing', '9',
                  '{}', '\\x00', sha256('\\x00'::bytea || '{}'::bytea), '{}', '\\x00', sha256('\\x00'::bytea || '{}'::bytea), sha256('x'))""");
        assertThat(chained().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo("foreign"))
                .satisfies(problem -> assertThat(problem.position()).isEqualTo(5));
    }

    @Test
    void findsAnEventOfAnotherOrganization() {
        four();
        var other = OrganizationId.create();
        events.publishEvent(Audited.of(other, "thing.done", Subject.of("thing", 1, null)));
        asAdministrator("update audit_event set organization_id = $ where organization_id = '" + other + "'");
        assertThat(chained().problems()).extracting(ChainProblem::kind).contains("foreign");
    }

    @Test
    void findsThatTheWholeLogWasPutBack() {
        four();
        var kept = chains.verify(organization, null).end();
        happens(5);
        assertThat(chained().intact()).isTrue();
        var later = chains.verify(organization, null).end();
        assertThat(chains.verify(organization, kept).intact()).isTrue();
        assertThat(chains.verify(organization, later).intact()).isTrue();
        asAdministrator("""
                create temp table before as select * from audit_head where organization_id = $;
                delete from audit_event where organization_id = $ and position > 4""");
        assertThat(chains.verify(organization, later).problems())
                .extracting(ChainProblem::kind)
                .contains("rolled-back", "missing");
        assertThat(chains.verify(organization, new AuditChains.ChainEnd(4, "0".repeat(64)))
                        .problems())
                .extracting(ChainProblem::kind)
                .contains("changed");
    }

    private void four() {
        for (int i = 1; i <= 4; i++) {
            happens(i);
        }
        assertThat(chained().intact()).isTrue();
    }

    private void happens(int number) {
        events.publishEvent(
                Audited.of(organization, "thing.done", Subject.of("thing", number, "Thing"), Map.of("number", number)));
    }

    /** What is found when nothing waits for its place any more. */
    private ChainReport chained() {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> chains.verify(organization, null), report -> report.waiting() == 0);
    }

    private void asAdministrator(String statement) {
        var environment = TestDatabase.environment();
        try (var connection = DriverManager.getConnection(
                        environment.get("CADRE_DB_URL"),
                        environment.get("CADRE_DB_USER"),
                        environment.get("CADRE_DB_PASSWORD"));
                var work = connection.createStatement()) {
            work.execute("set search_path = cadre");
            work.execute(statement.replace("$", "'" + organization + "'"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
