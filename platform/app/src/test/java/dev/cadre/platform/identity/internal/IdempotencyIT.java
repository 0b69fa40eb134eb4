package dev.cadre.platform.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Many requests at once under one {@code Idempotency-Key}. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class IdempotencyIT {

    private static final int AT_ONCE = 16;

    @LocalServerPort
    int port;

    @Autowired
    IdempotencyKeys keys;

    private TestUser user;

    @BeforeEach
    void signUp() {
        user = TestUser.register(port);
    }

    @Test
    void oneOfManyCreatesTheOthersAreToldToWaitOrGetItsAnswer() throws Exception {
        for (int round = 0; round < 5; round++) {
            var key = "create-" + round;
            var body = Map.of("name", key, "bpmnXml", manual());

            var answers = atOnce(() -> user.post("/api/v1/workflows", body, "Idempotency-Key", key));

            assertOneDid(answers, 201);
            var listed = user.get("/api/v1/workflows?q=" + key).json().path("items");
            assertThat(listed).hasSize(1);
            var id = listed.get(0).path("id").asString();
            assertThat(answers.stream().filter(answer -> answer.status() == 201))
                    .allSatisfy(answer ->
                            assertThat(answer.json().path("id").asString()).isEqualTo(id));
            var later = user.post("/api/v1/workflows", body, "Idempotency-Key", key);
            assertThat(later.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(later.json().path("id").asString()).isEqualTo(id);
        }
    }

    @Test
    void oneOfManyStartsARun() throws Exception {
        var workflow = user.post("/api/v1/workflows", Map.of("name", "once", "bpmnXml", manual()))
                .json()
                .path("id")
                .asString();
        user.post("/api/v1/workflows/" + workflow + "/publish", Map.of());

        var answers = atOnce(
                () -> user.post("/api/v1/workflows/" + workflow + "/run?wait=20", Map.of(), "Idempotency-Key", "run"));

        assertOneDid(answers, 200);
        assertThat(user.get("/api/v1/runs?workflowId=" + workflow).json().path("items"))
                .hasSize(1);
    }

    @Test
    void whatManyAreRefusedFreesTheKey() throws Exception {
        var answers = atOnce(() -> user.post("/api/v1/workflows", Map.of("name", ""), "Idempotency-Key", "refused"));

        assertThat(answers).extracting(Answer::status).containsAnyOf(422).isSubsetOf(422, 409);
        assertThat(user.post(
                                "/api/v1/workflows",
                                Map.of("name", "now", "bpmnXml", manual()),
                                "Idempotency-Key",
                                "refused")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aLargeAnswerIsKeptToo() {
        var large = "x".repeat(1_500_000);
        var body = Map.of("name", "large", "bpmnXml", manual().replace("</process>", "<!--" + large + "--></process>"));

        var first = user.post("/api/v1/workflows", body, "Idempotency-Key", "large");
        var again = user.post("/api/v1/workflows", body, "Idempotency-Key", "large");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.body()).hasSizeGreaterThan(1_500_000);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(first.body());
    }

    /** A key that is released while others ask for it must not be given to two of them. */
    @Test
    void nobodyHoldsAKeyThatSomebodyElseHolds() throws Exception {
        var caller = new Caller(
                new UserId(UUID.fromString(user.id())),
                new OrganizationId(UUID.fromString(user.organization())),
                Role.OWNER,
                Permission.of(Role.OWNER),
                new Caller.SignedIn(UUID.randomUUID(), false));
        var holders = new AtomicInteger();
        var most = new AtomicInteger();
        var taken = new AtomicInteger();

        atOnce(() -> {
            for (int i = 0; i < 300; i++) {
                if (keys.take(caller, "contended", new byte[] {1}).isEmpty()) {
                    most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                    taken.incrementAndGet();
                    holders.decrementAndGet();
                    keys.release(caller, "contended");
                }
            }
            return null;
        });

        assertThat(taken).hasPositiveValue();
        assertThat(most).hasValue(1);
    }

    private static void assertOneDid(List<Answer> answers, int status) {
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == status
                                && answer.header("Idempotency-Replayed").isEmpty()))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != status)).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(409);
            assertThat(answer.json().path("code").asString()).isEqualTo("idempotency-key-in-use");
        });
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        var begin = new CyclicBarrier(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<T>>();
            for (int i = 0; i < AT_ONCE; i++) {
                calls.add(() -> {
                    begin.await();
                    return work.call();
                });
            }
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static String manual() {
        return Bpmn.manual().end("done").flow("start", "done").xml();
    }
}
