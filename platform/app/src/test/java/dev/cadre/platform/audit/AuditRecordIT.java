package dev.cadre.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What services publish is in the log with what they did, and nobody who works with the database can change it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AuditRecordIT {

    private static final String MEMBERS = "/api/v1/organizations/members";

    private record Row(String actorKind, UUID actor, String action, String subject, String origin, String content) {}

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void saysWhoDidWhatFromWhereAndWhatItWasBefore() {
        var owner = TestUser.register(port);
        var colleague = owner.colleague("viewer");
        owner.patch(MEMBERS + "/" + colleague.id(), Map.of("role", "admin"));
        owner.delete(MEMBERS + "/" + colleague.id());
        var rows = log(organization(owner));
        assertThat(rows)
                .extracting(Row::action)
                .contains("organization.founded", "member.added", "member.role-changed", "member.removed");
        var changed = rows.stream()
                .filter(row -> row.action().equals("member.role-changed"))
                .findFirst()
                .orElseThrow();
        assertThat(changed.actorKind()).isEqualTo("user");
        assertThat(changed.actor()).hasToString(owner.id());
        assertThat(changed.subject()).isEqualTo("user/" + colleague.id());
        assertThat(changed.origin()).contains("127.0.0.1").contains("Java-http-client");
        assertThat(changed.content())
                .contains("\"before\":{\"role\":\"viewer\"}")
                .contains("\"after\":{\"role\":\"admin\"}");
    }

    @Test
    void isWrittenWithWhatItTellsOfOrNotAtAll() {
        var organization = OrganizationId.create();
        var event = Audited.of(organization, "thing.done", Subject.of("thing", 1, "Thing"));
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            events.publishEvent(event);
            assertThat(log(organization)).hasSize(1);
            status.setRollbackOnly();
        });
        assertThat(log(organization)).isEmpty();
        new TransactionTemplate(transactions).executeWithoutResult(status -> events.publishEvent(event));
        assertThat(log(organization)).hasSize(1);
        assertThat(log(organization).getFirst().actorKind()).isEqualTo("system");
    }

    @Test
    void neverReturnsAnotherOrganizationsRows() {
        var mine = OrganizationId.create();
        var theirs = OrganizationId.create();
        events.publishEvent(Audited.of(mine, "thing.done", Subject.of("thing", 1, null)));
        assertThat(Walls.<Integer, RuntimeException>within(mine, () -> visible(mine)))
                .isOne();
        assertThat(Walls.<Integer, RuntimeException>within(theirs, () -> visible(mine)))
                .isZero();
    }

    @Test
    void keepsWhatConcernsAPersonInAllOfThatPersonsOrganizations() {
        var first = TestUser.register(port);
        var person = first.colleague("member");
        var user = new UserId(UUID.fromString(person.id()));
        var action = "user.tested-" + UUID.randomUUID();
        Walls.<Boolean, RuntimeException>within(organization(first), () -> {
            events.publishEvent(Audited.of(null, action, Subject.user(user)).by(Actor.SYSTEM.as(user)));
            return true;
        });
        assertThat(where(action)).hasSize(2).contains(UUID.fromString(first.organization()));
        var nobodys = "user.tested-" + UUID.randomUUID();
        events.publishEvent(Audited.of(null, nobodys, Subject.of("user", "unknown", null)));
        assertThat(where(nobodys)).containsExactly(Secrets.INSTALLATION.value());
    }

    @Test
    void hidesWhatSoundsLikeASecretAndLeavesOutWhatIsTheSame() {
        var organization = OrganizationId.create();
        events.publishEvent(Audited.changed(
                organization,
                "thing.changed",
                Subject.of("thing", 1, null),
                Map.of("host", "a", "clientSecret", "canary-1"),
                Map.of("host", "a", "clientSecret", "canary-2", "nested", Map.of("password", "canary-3"))));
        assertThat(log(organization).getFirst().content())
                .doesNotContain("canary", "host")
                .contains("(hidden)");
    }

    @Test
    void canBeNeitherChangedNorDeletedByTheRolesThatTheHubWorksIn() {
        var organization = OrganizationId.create();
        events.publishEvent(Audited.of(organization, "thing.done", Subject.of("thing", 1, null)));
        for (var statement : List.of(
                "update audit_event set action = 'thing.undone'",
                "delete from audit_event",
                "truncate audit_event",
                "insert into audit_event select * from audit_event")) {
            assertThatThrownBy(() -> jdbc.sql(statement).update()).hasStackTraceContaining("permission denied");
            assertThatThrownBy(() ->
                            Walls.within(organization, () -> jdbc.sql(statement).update()))
                    .hasStackTraceContaining("permission denied");
        }
    }

    private int visible(OrganizationId organization) {
        return jdbc.sql("select count(*) from audit_event where organization_id = ?")
                .param(organization.value())
                .query(Integer.class)
                .single();
    }

    private List<UUID> where(String action) {
        return jdbc.sql("select organization_id from audit_event where action = ?")
                .param(action)
                .query(UUID.class)
                .list();
    }

    private List<Row> log(OrganizationId organization) {
        return jdbc.sql("""
                        select actor_kind, actor_id, action, subject_type || '/' || subject_id, origin, content
                        from audit_event where organization_id = ? order by id""")
                .param(organization.value())
                .query((row, number) -> new Row(
                        row.getString(1),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list();
    }

    private static OrganizationId organization(TestUser user) {
        return new OrganizationId(UUID.fromString(user.organization()));
    }
}
