package dev.cadre.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Audited;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;

/** Does operations of the API and looks for the events that {@link AuditedOperations} says. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class AuditedCalls {

    static final Duration LONG = Duration.ofSeconds(60);
    static final Set<String> DONE = new TreeSet<>();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Secrets secrets;

    TestUser owner;
    TestRuns runs;
    TestStub outside;
    final AtomicBoolean mended = new AtomicBoolean();

    @BeforeEach
    void start() {
        owner = TestUser.register(port);
        runs = new TestRuns(owner);
        outside = TestStub.start()
                .on("/fine", exchange -> TestStub.json(exchange, 200, "{}"))
                .on("/slow", exchange -> Thread.sleep(20_000))
                .on("/broken", exchange -> TestStub.json(exchange, mended.get() ? 200 : 404, "{}"));
    }

    /** Events that nothing was committed with. */
    static final Set<String> ALONE = new ConcurrentSkipListSet<>();

    @Autowired
    ApplicationEventMulticaster multicaster;

    private final ApplicationListener<PayloadApplicationEvent<Audited>> watching = new Watching();

    private static final class Watching implements ApplicationListener<PayloadApplicationEvent<Audited>> {
        @Override
        public void onApplicationEvent(PayloadApplicationEvent<Audited> event) {
            if (!TransactionSynchronizationManager.isActualTransactionActive()) {
                ALONE.add(event.getPayload().action());
            }
        }
    }

    @BeforeEach
    void watch() {
        multicaster.addApplicationListener(watching);
    }

    @AfterEach
    void stop() {
        multicaster.removeApplicationListener(watching);
        outside.close();
    }

    /** Does it, and looks for its event. */
    Answer does(String operation, Supplier<Answer> call) {
        var action = AuditedOperations.TOLD.get(operation);
        assertThat(action).as("the event of %s", operation).isNotNull();
        int before = told(action);
        var answer = call.get();
        assertThat(answer.status()).as(operation + " " + answer.body()).isLessThan(300);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(told(action))
                        .as("%s after %s", action, operation)
                        .isGreaterThan(before));
        DONE.add(operation);
        return answer;
    }

    private int told(String action) {
        return jdbc.sql("select count(*) from audit_event where action = ?")
                .param(action)
                .query(Integer.class)
                .single();
    }

    String id(String email) {
        return owner.get("/api/v1/organizations/invitations")
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("email").asString().equals(email))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    /** What the newest mail to the address holds behind its #. */
    String link(String email) {
        var text = jdbc.sql("select id, text from mail_message where recipient = ? order by id desc limit 1")
                .param(email)
                .query((row, number) -> new String(
                        secrets.decrypt(Secrets.INSTALLATION, "mail/" + row.getString(1), row.getBytes(2)),
                        StandardCharsets.UTF_8))
                .single();
        return text.replaceAll("(?s).*#([A-Za-z0-9_-]+).*", "$1");
    }

    static Bpmn asking(String version) {
        return Bpmn.manual()
                .approval("ask", "{\"title\":\"?\"}")
                .end("end", "{\"version\":\"" + version + "\"}")
                .flow("start", "ask", "end");
    }

    Bpmn step(String path) {
        return Bpmn.manual()
                .step("call", "http-request", TestRuns.post(outside, path))
                .end("done")
                .flow("start", "call", "done");
    }

    /** Path of a new workflow. */
    String created(Bpmn drawing) {
        var created = owner.post("/api/v1/workflows", Map.of("name", "w", "bpmnXml", drawing.xml()));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return "/api/v1/workflows/" + created.json().path("id").asString();
    }

    String waiting(String workflow) {
        var run = runs.startedOf(workflow, Map.of());
        await().atMost(LONG).until(() -> runs.statusOf(runs.get(run), "ask").equals("waiting"));
        return run;
    }

    JsonNode undecided(String run) {
        return runs.tasks(run)
                .valueStream()
                .filter(task -> task.path("error").path("code").asString().equals("OUTCOME_UNKNOWN"))
                .findFirst()
                .orElse(null);
    }
}
