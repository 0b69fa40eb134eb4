package dev.cadre.platform.run.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkbenchTest {

    private static final Node.Policy POLICY =
            new Node.Policy(3, Duration.ZERO, 1, Duration.ZERO, Duration.ofSeconds(1), Node.OnError.FAIL, null);
    private static final Node.Step STEP =
            new Node.Step("call", "call", "http-request", null, _ -> Map.of(), POLICY, null);

    private Workbench bench;
    private List<Integer> done;

    @BeforeEach
    void open() {
        bench = new Workbench();
        done = new CopyOnWriteArrayList<>();
    }

    @Test
    void doesWhatIsTakenWhileTheSameTaskIsStillAtWorkAfterThat() {
        var task = TaskId.create();
        var finishing = new CountDownLatch(1);
        bench.employ(job -> {
            done.add(job.attempt());
            if (job.attempt() == 1) {
                awaitQuietly(finishing);
            }
            return Optional.empty();
        });

        bench.take(job(task, 1, Instant.now()));
        await().until(() -> done.contains(1));
        bench.take(job(task, 2, Instant.now()));
        finishing.countDown();

        await().until(() -> done.equals(List.of(1, 2)));
        await().until(() -> !bench.holds(task));
    }

    @Test
    void forgetsWhatWasTakenForATaskThatIsDropped() {
        var task = TaskId.create();
        var finishing = new CountDownLatch(1);
        bench.employ(job -> {
            done.add(job.attempt());
            awaitQuietly(finishing);
            return Optional.empty();
        });
        bench.take(job(task, 1, Instant.now()));
        await().until(() -> done.contains(1));
        bench.take(job(task, 2, Instant.now()));

        bench.drop(task);
        await().until(() -> !bench.holds(task));

        assertThat(done).containsExactly(1);
    }

    @Test
    void holdsNothingOfTasksThatWereDueInNoTime() {
        bench.employ(job -> {
            done.add(job.attempt());
            return Optional.empty();
        });

        for (int i = 0; i < 2_000; i++) {
            bench.take(job(TaskId.create(), i, Instant.now().plusMillis(2)));
        }

        await().until(() -> done.size() == 2_000);
        await().until(() -> bench.inWork() == 0 && bench.waiting() == 0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Job job(TaskId task, int attempt, Instant due) {
        return new Job(
                OrganizationId.create(),
                RunId.create(),
                WorkflowId.create(),
                task,
                STEP,
                null,
                "",
                1,
                attempt,
                Map.of(),
                Instant.now(),
                due);
    }
}
