package dev.cadre.platform.trigger.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.workflow.Workflows;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is remembered of signed requests, and what is forgotten. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ReplaysIT {

    @LocalServerPort
    int port;

    @Autowired
    Replays replays;

    @Autowired
    RunStarter starter;

    @Autowired
    Workflows workflows;

    @Autowired
    JdbcClient jdbc;

    final Signed signed = new Signed(
            UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), Duration.ofMinutes(5));
    OrganizationId organization;
    WorkflowId workflow;

    @BeforeEach
    void somethingToRun() {
        var user = TestUser.register(port);
        organization = new OrganizationId(UUID.fromString(user.organization()));
        var xml = Bpmn.manual().end("done").flow("start", "done").xml();
        var created = user.post("/api/v1/workflows", Map.of("name", "any", "bpmnXml", xml));
        workflow = new WorkflowId(UUID.fromString(created.json().path("id").asString()));
    }

    @Test
    void whatStartedItsRunStartsNoSecondOne() {
        replays.once(organization, signed, this::started);

        assertThatThrownBy(() -> replays.once(organization, signed, this::started))
                .isInstanceOfSatisfying(
                        TriggerException.class,
                        refused -> assertThat(refused.code()).isEqualTo("webhook-replayed"));
    }

    @Test
    void whatFailedToStartMayComeAgainAtOnce() {
        var attempts = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> replays.once(organization, signed, _ -> {
                        attempts.incrementAndGet();
                        throw new IllegalStateException("The database is away");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }

        replays.once(organization, signed, this::started);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void aStartWhoseAnswerWasLostIsKnownByItsRun() {
        assertThatThrownBy(() -> replays.once(organization, signed, run -> {
                    started(run);
                    throw new IllegalStateException("Lost after the commit");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThatThrownBy(() -> replays.once(organization, signed, this::started))
                .isInstanceOfSatisfying(
                        TriggerException.class,
                        refused -> assertThat(refused.code()).isEqualTo("webhook-replayed"));
    }

    @Test
    void whatANodeLeftBehindWhenItDiedIsTakenOverOnceItsStartCantBeUnderWay() {
        claim("now()", "now() + interval '5 minutes'");
        assertThatThrownBy(() -> replays.once(organization, signed, this::started))
                .isInstanceOfSatisfying(TriggerException.class, refused -> {
                    assertThat(refused.code()).isEqualTo("webhook-starting");
                    assertThat(refused.retryAfter()).isNotNull();
                });

        jdbc.sql("update webhook_replay set claimed_at = now() - interval '31 seconds' where seen = ?")
                .param(signed.seen())
                .update();

        replays.once(organization, signed, this::started);
    }

    @Test
    void whatIsOverIsLetInAgainAndSweptInBatches() {
        replays.once(organization, signed, this::started);
        jdbc.sql("update webhook_replay set expires_at = now() - interval '1 second' where seen = ?")
                .param(signed.seen())
                .update();
        replays.once(organization, signed, this::started);
        var other = UUID.randomUUID();
        jdbc.sql("insert into webhook_replay (seen, organization_id, run_id, expires_at)"
                        + " select sha256(convert_to(n::text || ?, 'UTF8')), ?, gen_random_uuid(), now() - interval '1 second'"
                        + " from generate_series(1, 12000) n")
                .params(other.toString(), other)
                .update();

        new ReplayRows(jdbc, new ReplaySettings(1_000_000)).sweep();

        assertThat(count(other)).isZero();
        assertThat(count(organization.value())).isEqualTo(1);
    }

    @Test
    void beyondTheLimitTheOldestGoFirst() {
        jdbc.sql("delete from webhook_replay").update();
        var other = UUID.randomUUID();
        jdbc.sql("insert into webhook_replay (seen, organization_id, run_id, expires_at)"
                        + " select sha256(convert_to(n::text || ?, 'UTF8')), ?, gen_random_uuid(), now() + make_interval(secs => n + 60)"
                        + " from generate_series(1, 30) n")
                .params(other.toString(), other)
                .update();

        new ReplayRows(jdbc, new ReplaySettings(20)).sweep();

        assertThat(count(other)).isEqualTo(20);
        assertThat(jdbc.sql(
                                "select min(expires_at) > now() + interval '68 seconds' from webhook_replay where organization_id = ?")
                        .param(other)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private void claim(String claimed, String expires) {
        jdbc.sql("insert into webhook_replay (seen, organization_id, run_id, claimed_at, expires_at) values (?, ?, ?, "
                        + claimed + ", " + expires + ")")
                .params(signed.seen(), organization.value(), UUID.randomUUID())
                .update();
    }

    private int count(UUID of) {
        return jdbc.sql("select count(*) from webhook_replay where organization_id = ?")
                .param(of)
                .query(Integer.class)
                .single();
    }

    private RunStarter.Started started(RunId run) {
        return starter.start(new RunStarter.Start(
                organization, workflows.draft(organization, workflow), "manual", Map.of(), null, run, null));
    }
}
