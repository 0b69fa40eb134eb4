package dev.cadre.platform.trigger.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.DatabaseProxy;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.internal.schedule.ScheduleRows.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hubs of their own on databases of their own: nobody else fires what is armed there. */
class FiringIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    private static Bpmn scheduled(String settings, boolean durable) {
        var bpmn = Bpmn.startedBy("schedule", settings);
        if (durable) {
            bpmn.timer("wait", "PT0.01S");
            return bpmn.end("done").flow("start", "wait", "done");
        }
        return bpmn.end("done").flow("start", "done");
    }

    private static List<Instant> firedFor(TestUser user, String workflow) {
        return user.get("/api/v1/runs?limit=200&workflowId=" + workflow)
                .json()
                .path("items")
                .valueStream()
                .map(run -> Instant.parse(run.path("input").path("scheduledAt").asString()))
                .sorted()
                .toList();
    }

    private static void assertEverySecondOnce(List<Instant> times) {
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void severalNodesFireEachTimeOnceAndGoOnWhenOneStops() {
        var database = TestDatabase.emptyDatabase();
        try (var first = TestHub.start(database)) {
            var user = TestUser.register(first.port());
            var runs = new TestRuns(user);
            String workflow;
            int before;
            try (var second = TestHub.start(database)) {
                workflow = runs.published(scheduled("{\"every\":\"PT1S\"}", true));
                await().atMost(LONG).until(() -> firedFor(user, workflow).size() >= 8);
                before = firedFor(user, workflow).size();
            }
            await().atMost(LONG).until(() -> firedFor(user, workflow).size() >= before + 4);
            assertEverySecondOnce(firedFor(user, workflow));
        }
    }

    @Test
    void whoeverRepeatsATimeStartsNothingTwice() {
        try (var hub = TestHub.start(TestDatabase.emptyDatabase());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var user = TestUser.register(hub.port());
            for (boolean durable : new boolean[] {false, true}) {
                var workflow = new TestRuns(user).published(scheduled("{\"every\":\"PT1H\"}", durable));
                var row = hub.bean(ScheduleRows.class)
                        .find(
                                new OrganizationId(UUID.fromString(user.organization())),
                                new WorkflowId(UUID.fromString(workflow)))
                        .orElseThrow();
                // as if a node had been killed after the start and before its note, and others were at it, too
                var now = Instant.now();
                var due = new Due(row, now, now);
                hub.bean(Firing.class).fire(due);
                for (int i = 0; i < 8; i++) {
                    threads.execute(() -> hub.bean(Firing.class).fire(due));
                }
                await().atMost(LONG)
                        .untilAsserted(
                                () -> assertThat(firedFor(user, workflow)).hasSize(1));
                hub.bean(Firing.class).fire(due);

                assertThat(firedFor(user, workflow)).hasSize(1);
                assertThat(hub.bean(ScheduleRows.class)
                                .find(row.organization(), row.workflow())
                                .orElseThrow())
                        .isEqualTo(row);
            }
        }
    }

    @Test
    void whatADeadNodeHadTakenIsFiredByAnother() {
        try (var hub = TestHub.start(TestDatabase.emptyDatabase())) {
            var user = TestUser.register(hub.port());
            var workflow = new TestRuns(user).published(scheduled("{\"every\":\"PT3S\"}", false));
            var until = hub.bean(JdbcClient.class)
                    .sql(
                            "update schedule set claimed_until = next_fire_at + interval '2 seconds' returning claimed_until")
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();

            await().atMost(LONG).until(() -> firedFor(user, workflow).size() >= 2);

            var times = firedFor(user, workflow);
            assertThat(Duration.between(times.get(0), times.get(1))).isEqualTo(Duration.ofSeconds(3));
            var first = user.get("/api/v1/runs?limit=200&workflowId=" + workflow)
                    .json()
                    .path("items")
                    .valueStream()
                    .toList()
                    .getLast();
            assertThat(Instant.parse(first.path("input").path("firedAt").asString()))
                    .isAfterOrEqualTo(until);
        }
    }

    @Test
    void losesNoTimeAndRepeatsNoneWhenTheDatabaseBreaksOff() throws Exception {
        var database = TestDatabase.emptyDatabase();
        // the text of a statement is then in every request
        database.merge("CADRE_DB_URL", "?prepareThreshold=0", String::concat);
        try (var proxy = DatabaseProxy.before(database);
                var hub = TestHub.start(proxy.through(database))) {
            var user = TestUser.register(hub.port());
            var workflow = new TestRuns(user).published(scheduled("{\"every\":\"PT1S\"}", true));
            int lost = 0;
            for (var statement : List.of(
                    "insert into run (", "update schedule set next_fire_at", "update schedule s set claimed_until")) {
                proxy.loseAnswerTo(statement);
                int expected = ++lost;
                await().atMost(LONG).until(() -> proxy.lost() == expected);
            }
            proxy.cut();

            int before = firedFor(user, workflow).size();
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> firedFor(user, workflow).size() >= before + 8);
            assertEverySecondOnce(firedFor(user, workflow));
        }
    }
}
