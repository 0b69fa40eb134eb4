package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.get;
import static dev.cadre.platform.TestRuns.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Steps that hang or fail for ever, and those beside them. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PoisonIT {

    private static final int POISONED = 50;

    @LocalServerPort
    int port;

    TestStub outside;
    TestRuns runs;
    final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void start() {
        outside = TestStub.start()
                .on("/hang", exchange -> goOn.await())
                .on("/crash", exchange -> TestStub.json(exchange, 503, "{}"))
                .on("/fine", exchange -> TestStub.json(exchange, 200, "{}"));
        runs = new TestRuns(TestUser.register(port));
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        outside.close();
    }

    @Test
    void fiftyThatHangAndFiftyThatFailAgainAndAgainLeaveTheOthersAlone() {
        var hanging = runs.published(Bpmn.manual()
                .step("hang", "http-request", get(outside, "/hang"))
                .end("done")
                .flow("start", "hang", "done"));
        var crashing = runs.published(Bpmn.manual()
                .step(
                        "crash",
                        "http-request",
                        post(outside, "/crash"),
                        "<cadre:retry attempts='20' backoff='PT0.2S' maxBackoff='PT0.2S'/>")
                .end("done")
                .flow("start", "crash", "done"));
        var fine = runs.published(Bpmn.manual()
                .step("fine", "http-request", post(outside, "/fine"))
                .end("done")
                .flow("start", "fine", "done"));
        var poisoned = new ArrayList<String>();
        for (int i = 0; i < POISONED; i++) {
            poisoned.add(runs.startedOf(hanging, Map.of()));
            runs.startedOf(crashing, Map.of());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> outside.asked("/hang") == POISONED);

        for (int i = 0; i < 100; i++) {
            runs.ended(runs.startedOf(fine, Map.of()));
        }

        assertThat(outside.asked("/fine")).isEqualTo(100);
        assertThat(poisoned)
                .allMatch(id -> runs.get(id).path("status").asString().equals("running"));
    }
}
