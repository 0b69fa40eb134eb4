package dev.cadre.platform.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SchedulesIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    TestUser user;
    TestRuns runs;
    String workflow;

    @BeforeEach
    void start() {
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    @AfterEach
    void stopFiring() {
        if (workflow != null) {
            jdbc.sql("delete from schedule where workflow_id = ?").param(id()).update();
        }
    }

    private static Bpmn scheduled(String settings) {
        return Bpmn.startedBy("schedule", settings.replace('\'', '"'))
                .end("done", "{\"for\":\"{{ trigger.scheduledAt }}\",\"input\":\"{{ trigger.input }}\"}")
                .flow("start", "done");
    }

    private void publish(String settings) {
        workflow = runs.published(scheduled(settings));
    }

    private void publishAnew(Bpmn bpmn) {
        var path = "/api/v1/workflows/" + workflow;
        var tag = user.get(path).header("ETag");
        var saved = user.put(path, Map.of("name", "again", "description", "", "bpmnXml", bpmn.xml()), "If-Match", tag);
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        var published = user.post(path + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
    }

    private UUID id() {
        return UUID.fromString(workflow);
    }

    /** The runs so far, oldest first. */
    private List<JsonNode> fired() {
        var answer = user.get("/api/v1/runs?limit=200&workflowId=" + workflow);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").valueStream().toList().reversed();
    }

    private List<Instant> firedFor() {
        return fired().stream()
                .map(run -> Instant.parse(run.path("input").path("scheduledAt").asString()))
                .toList();
    }

    private JsonNode listed() {
        var items = user.get("/api/v1/triggers").json().path("items");
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private Instant next() {
        return Instant.parse(listed().path("nextFireAt").asString());
    }

    /** As if the hub had been away for so long. */
    private void awayFor(Duration time) {
        jdbc.sql("""
                        update schedule set anchor = anchor - ? * interval '1 second',
                          next_fire_at = next_fire_at - ? * interval '1 second' where workflow_id = ?""").params(time.toSeconds(), time.toSeconds(), id()).update();
    }

    @Test
    void firesAgainAndAgain() {
        publish("{'every':'PT1S','input':{'city':'Ulm'}}");

        await().atMost(LONG).until(() -> fired().size() >= 3);

        var times = firedFor();
        assertThat(Duration.between(times.get(0), times.get(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(Duration.between(times.get(1), times.get(2))).isEqualTo(Duration.ofSeconds(1));
        var run = fired().getFirst();
        assertThat(run.path("trigger").path("use").asString()).isEqualTo("schedule");
        assertThat(run.path("workflowVersion").asInt()).isEqualTo(1);
        assertThat(run.path("input").path("timeZone").asString()).isEqualTo("UTC");
        assertThat(Instant.parse(run.path("input").path("firedAt").asString())).isAfterOrEqualTo(times.getFirst());
        assertThat(runs.ended(run.path("id").asString()).path("output").toString())
                .isEqualTo("{\"for\":\"" + times.getFirst() + "\",\"input\":{\"city\":\"Ulm\"}}");
        var state = listed().path("schedule");
        assertThat(state.path("lastRunId").asString()).isNotEmpty();
        assertThat(state.path("missedTimes").asInt()).isZero();
    }

    @Test
    void tellsTheNextTimes() {
        publish("{'cron':'30 6 * * *','timeZone':'Asia/Kolkata'}");

        var listed = listed();

        assertThat(listed.path("use").asString()).isEqualTo("schedule");
        assertThat(listed.path("workflowId").asString()).isEqualTo(workflow);
        assertThat(listed.path("path").isNull()).isTrue();
        assertThat(listed.path("schedule").path("cron").asString()).isEqualTo("30 6 * * *");
        assertThat(listed.path("schedule").path("timeZone").asString()).isEqualTo("Asia/Kolkata");
        var times = listed.path("nextFireTimes")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        assertThat(times)
                .hasSize(5)
                .allMatch(time -> time.endsWith("T01:00:00Z"))
                .doesNotHaveDuplicates();
        assertThat(times.getFirst()).isEqualTo(listed.path("nextFireAt").asString());
    }

    @Test
    void firesOnceWhereItIsToldOnce() {
        publish("{'at':'" + Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS) + "'}");

        await().atMost(LONG).until(() -> listed().path("nextFireAt").isNull());
        assertThat(fired()).hasSize(1);

        // a version that says nothing new about the time does not fire again
        publishAnew(scheduled("{'at':'" + firedFor().getFirst() + "','overlap':'skip'}"));
        assertThat(listed().path("nextFireAt").isNull()).isTrue();
        assertThat(listed().path("schedule").path("overlap").asString()).isEqualTo("skip");
    }

    @ParameterizedTest
    @CsvSource({"skip, 0, 6", "catch-up-once, 1, 5", "catch-up-all, 6, 0"})
    void dealsWithDowntimeAsItIsTold(String policy, int made, int missed) {
        publish("{'every':'PT10M','missed':'" + policy + "'}");

        awayFor(Duration.ofMinutes(65));

        await().atMost(LONG).until(() -> next().isAfter(Instant.now()));
        assertThat(fired()).hasSize(made);
        assertThat(listed().path("schedule").path("missedTimes").asInt()).isEqualTo(missed);
        if (made == 1) {
            assertThat(fired().getFirst().path("input").path("missed").asInt()).isEqualTo(5);
        }
        assertThat(firedFor()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatIsOnlyAMomentLateIsNotMissed() {
        publish("{'every':'PT10M'}");

        awayFor(Duration.ofSeconds(600 + 20));

        await().atMost(LONG).until(() -> fired().size() == 1);
        assertThat(listed().path("schedule").path("missedTimes").asInt()).isZero();
    }

    @Test
    void leavesATimeOutWhileTheLastRunIsUnderWay() {
        workflow = runs.published(Bpmn.startedBy("schedule", "{\"every\":\"PT1S\",\"overlap\":\"skip\"}")
                .timer("wait", "PT1H")
                .end("done")
                .flow("start", "wait", "done"));

        await().atMost(LONG)
                .until(() -> listed().path("schedule").path("skippedTimes").asInt() >= 2);
        assertThat(fired()).hasSize(1);

        user.post("/api/v1/runs/" + fired().getFirst().path("id").asString() + "/cancel", Map.of());
        await().atMost(LONG).until(() -> fired().size() == 2);
        assertThat(fired().getLast().path("input").path("missed").asInt()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void pausesAndGoesOnWithoutMakingUpForThePause() {
        publish("{'every':'PT10M','missed':'catch-up-all'}");
        var path = "/api/v1/triggers/schedules/" + workflow;

        var paused = user.post(path + "/pause", Map.of());

        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.json().path("nextFireAt").isNull()).isTrue();
        assertThat(paused.json().path("schedule").path("pausedAt").asString()).isNotEmpty();
        awayFor(Duration.ofMinutes(65));
        publishAnew(scheduled("{'every':'PT10M','missed':'catch-up-all','input':1}"));
        assertThat(listed().path("schedule").path("pausedAt").isNull()).isFalse();

        var resumed = user.post(path + "/resume", Map.of());

        assertThat(Instant.parse(resumed.json().path("nextFireAt").asString())).isAfter(Instant.now());
        assertThat(user.post(path + "/resume", Map.of()).status()).isEqualTo(200);
        assertThat(fired()).isEmpty();
        awayFor(Duration.ofMinutes(10));
        await().atMost(LONG).until(() -> fired().size() == 1);
    }

    @Test
    void aVersionThatDoesNotChangeTheTimesKeepsThem() {
        publish("{'every':'PT10M'}");
        var before = next();

        publishAnew(scheduled("{'every':'PT600S','missed':'catch-up-once','input':{'b':2}}"));

        assertThat(next()).isEqualTo(before);
        assertThat(listed().path("schedule").path("missed").asString()).isEqualTo("catch-up-once");
        awayFor(Duration.ofSeconds(600));
        await().atMost(LONG).until(() -> fired().size() == 1);
        assertThat(fired().getFirst().path("workflowVersion").asInt()).isEqualTo(2);
        assertThat(fired().getFirst().path("input").path("input").path("b").asInt())
                .isEqualTo(2);
    }

    @Test
    void aVersionWithOtherTimesStartsThemAnew() {
        publish("{'every':'PT10M'}");

        publishAnew(scheduled("{'every':'PT20M'}"));

        assertThat(next()).isAfter(Instant.now().plus(Duration.ofMinutes(15)));
    }

    @Test
    void aVersionWithAnotherTriggerAndADeletedWorkflowFireNoMore() {
        publish("{'every':'PT1H'}");
        publishAnew(Bpmn.manual().end("done").flow("start", "done"));
        assertThat(user.get("/api/v1/triggers").json().path("items")).isEmpty();

        publishAnew(scheduled("{'every':'PT1H'}"));
        assertThat(listed().path("nextFireTimes")).hasSize(5);

        var path = "/api/v1/workflows/" + workflow;
        assertThat(user.delete(path, "If-Match", user.get(path).header("ETag")).status())
                .isEqualTo(204);
        assertThat(user.get("/api/v1/triggers").json().path("items")).isEmpty();
        assertThat(jdbc.sql("select count(*) from schedule where workflow_id = ?")
                        .param(id())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aTimeThatCannotBeStartedIsToldAndPassedOver() {
        publish("{'every':'PT10M'}");
        jdbc.sql("update schedule set version = 99 where workflow_id = ?")
                .param(id())
                .update();

        awayFor(Duration.ofSeconds(600));

        await().atMost(LONG)
                .until(() -> jdbc.sql("select missed from schedule where workflow_id = ?")
                                .param(id())
                                .query(Long.class)
                                .single()
                        == 1);
        jdbc.sql("update schedule set version = 1 where workflow_id = ?")
                .param(id())
                .update();
        assertThat(listed().path("schedule").path("lastError").asString()).contains("99");
        awayFor(Duration.ofSeconds(600));
        await().atMost(LONG).until(() -> fired().size() == 1);
        assertThat(listed().path("schedule").path("lastError").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                          | needs one of",
                "{'cron':'0 6 * * *','every':'PT1H'}         | only one of",
                "{'cron':'0 6 * *'}                          | five fields",
                "{'cron':'0 6 * * *','timeZone':'Mars/Base'} | Mars/Base|IANA",
                "{'every':'PT0S'}                            | PT1S",
                "{'at':'soon'}                               | 2026-12-31T18:00",
                "{'every':'PT1H','colour':'red'}             | colour"
            })
    void aScheduleThatIsWrongIsAProblemAtItsStart(String settings, String says) {
        var checked = user.post(
                "/api/v1/workflows/validate",
                Map.of("bpmnXml", scheduled(settings).xml()));

        assertThat(checked.json().path("valid").asBoolean()).isFalse();
        assertThat(checked.json().path("problems").get(0).path("elementId").asString())
                .isEqualTo("start");
        assertThat(checked.json().path("problems").get(0).path("message").asString())
                .contains(says.equals("Mars/Base") ? "IANA" : says);
        var created = user.post(
                "/api/v1/workflows",
                Map.of("name", "wrong", "bpmnXml", scheduled(settings).xml()));
        var refused = user.post("/api/v1/workflows/" + created.json().path("id").asString() + "/publish", Map.of());
        assertThat(refused.status()).isEqualTo(422);
    }

    @Test
    void previewsTheNextTimesOfADraft() {
        var preview = user.post(
                "/api/v1/triggers/schedules/preview",
                Map.of("settings", Map.of("cron", "0 6 * * *", "timeZone", "Europe/Berlin")));
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.json().path("nextFireTimes")).hasSize(5);
        assertThat(preview.json().path("timeZone").asString()).isEqualTo("Europe/Berlin");

        var over = user.post(
                "/api/v1/triggers/schedules/preview", Map.of("settings", Map.of("at", "2020-01-01T00:00:00Z")));
        assertThat(over.json().path("nextFireTimes")).isEmpty();

        var wrong = user.post("/api/v1/triggers/schedules/preview", Map.of("settings", Map.of("cron", "often")));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("code").asString()).isEqualTo("schedule-invalid");
        assertThat(wrong.json().path("violations").get(0).path("pointer").asString())
                .isEqualTo("/cron");
        assertThat(user.post("/api/v1/triggers/schedules/preview", Map.of()).status())
                .isEqualTo(422);
    }

    @Test
    void anotherOrganizationSeesAndChangesNothing() {
        publish("{'every':'PT1H'}");
        var stranger = TestUser.register(port);

        assertThat(stranger.get("/api/v1/triggers").json().path("items")).isEmpty();
        for (var action : List.of("pause", "resume")) {
            var answer = stranger.post("/api/v1/triggers/schedules/" + workflow + "/" + action, Map.of());
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().path("code").asString()).isEqualTo("schedule-not-found");
        }
        assertThat(listed().path("schedule").path("pausedAt").isNull()).isTrue();
        assertThat(user.colleague("viewer")
                        .post("/api/v1/triggers/schedules/" + workflow + "/pause", Map.of())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void startedByHandItSeesWhatTheClockWouldGiveIt() {
        publish("{'cron':'0 6 * * *','timeZone':'Europe/Berlin','input':{'city':'Ulm'}}");

        var plain = runs.ended(runs.startedOf(workflow, Map.of()));
        var other = runs.ended(runs.startedOf(workflow, Map.of("city", "Bonn")));

        assertThat(plain.path("output").path("input").path("city").asString()).isEqualTo("Ulm");
        assertThat(plain.path("input").path("scheduledLocal").asString()).matches(".*\\+0[12]:00");
        assertThat(other.path("output").path("input").path("city").asString()).isEqualTo("Bonn");
    }
}
