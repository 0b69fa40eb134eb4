package dev.cadre.platform.run.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.Workflows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Starts of runs that are written together: each stands or falls for itself. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StartCombinerIT {

    private static final int RUNS = 200;

    @LocalServerPort
    int port;

    @Autowired
    StartCombiner combiner;

    @Autowired
    RunStates states;

    @Autowired
    StepActivation activation;

    @Autowired
    Workflows workflows;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aRowThatTheDatabaseRefusesFailsAlone() throws Exception {
        var plans = List.of(plan(), plan(), plan());
        var taken = RunId.create();
        combiner.write(start(taken, plans.getFirst()));

        var written = new ArrayList<Future<?>>();
        var refused = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < RUNS; i++) {
                var start = start(RunId.create(), plans.get(i % plans.size()));
                written.add(threads.submit(() -> combiner.write(start)));
                if (i % 20 == 0) {
                    var again = start(taken, plans.getFirst());
                    refused.add(threads.submit(() -> combiner.write(again)));
                }
            }
        }

        assertThat(written).allMatch(future -> future.state() == Future.State.SUCCESS);
        assertThat(refused)
                .allMatch(future -> future.state() == Future.State.FAILED
                        && future.exceptionNow() instanceof DataIntegrityViolationException);
        int rows = plans.stream()
                .mapToInt(plan -> count(plan.definition().organization().value()))
                .sum();
        assertThat(rows).isEqualTo(RUNS + 1);
    }

    private int count(UUID organization) {
        return jdbc.sql("select count(*) from run where organization_id = ?")
                .param(organization)
                .query(Integer.class)
                .single();
    }

    /** The plan of a workflow of an organization of its own. */
    private Plan plan() {
        var user = TestUser.register(port);
        var workflow = UUID.fromString(
                new TestRuns(user).published(Bpmn.manual().end("end", "{}").flow("start", "end")));
        var organization = jdbc.sql("select organization_id from workflow where id = ?")
                .param(workflow)
                .query(UUID.class)
                .single();
        return states.plan(workflows.published(new OrganizationId(organization), new WorkflowId(workflow)));
    }

    private TransitionWriter.Start start(RunId id, Plan plan) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var organization = plan.definition().organization();
        var run = new RunState(
                id, organization, plan, "manual", Map.of("quoted", "\"a\\b\""), new LinkedHashMap<>(), now, null);
        return new TransitionWriter.Start(new Transition(run, activation, now, true), null);
    }
}
