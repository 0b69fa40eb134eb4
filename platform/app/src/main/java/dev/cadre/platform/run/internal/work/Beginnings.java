package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.cluster.Node;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Journals that an attempt begins before it works, for steps that work at most once. One that has begun before, and of
 * which no end is known, is not begun again by anybody.
 */
@Component
class Beginnings {

    private final JdbcClient jdbc;
    private final Node node;
    private final DatabaseGate gate;
    private final Workbench workbench;

    Beginnings(JdbcClient jdbc, Node node, DatabaseGate gate, Workbench workbench) {
        this.jdbc = jdbc;
        this.node = node;
        this.gate = gate;
        this.workbench = workbench;
    }

    /** Performs an attempt of the job's step. */
    <T> T once(Job job, Callable<T> attempt) throws Exception {
        begin(job, null, UUID.randomUUID());
        return known(attempt);
    }

    /** Performs an attempt and says so when what came of it is not known. */
    static <T> T known(Callable<T> attempt) throws Exception {
        try {
            return attempt.call();
        } catch (InterruptedException | DurableContext.Postponed | OutcomeUnknown e) {
            throw e;
        } catch (Exception e) {
            if (OutcomeUnknown.after(e)) {
                throw new OutcomeUnknown("The attempt was cut off: " + e.getMessage());
            }
            throw e;
        }
    }

    /**
     * Begins; {@code mark} is the same for whoever may begin once more.
     *
     * @param callId of a tool call of the job's agent, null for the job's step itself
     */
    void begin(Job job, @Nullable String callId, UUID mark) {
        int begun = DatabaseFailures.patiently(
                workbench::isOpen,
                () -> gate.through(() -> jdbc.sql(
                                """
                        with f as (select 1 from lease where task_id = :task and node = :node),
                        b as (update task set begun = :mark where %s and (begun is null or begun = :mark)
                          and exists (select 1 from f) returning 1)
                        select case when not exists (select 1 from f) then 0 when exists (select 1 from b) then 1 else 2 end""".formatted(callId == null ? "id = :task" : "parent_id = :task and call_id = :call"))
                        .param("task", job.task().value())
                        .param("node", node.id())
                        .param("mark", mark)
                        .param("call", callId)
                        .query(Integer.class)
                        .single()));
        if (begun == 0) {
            throw new AgentJournal.LeaseLost();
        }
        if (begun == 2) {
            throw new OutcomeUnknown("The hub stopped, or lost the database, while the attempt was under way.");
        }
    }
}
