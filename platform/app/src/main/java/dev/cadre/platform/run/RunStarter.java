package dev.cadre.platform.run;

import dev.cadre.platform.run.internal.work.Moves;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Starts runs. When a method returns, the run's start is committed. */
@Service
public class RunStarter {

    private final Moves moves;

    RunStarter(Moves moves) {
        this.moves = moves;
    }

    /**
     * What to run.
     *
     * @param triggerUse step type of the trigger that fires, as {@code webhook}
     * @param input what the workflow sees as {@code trigger}, JSON values
     * @param startedBy null when no person did
     * @param id of the run, null for a new one: whoever starts twice with the same id starts once
     * @param parent the step that called the workflow, null for none
     * @param priority 0 to 9, null for what the workflow says
     * @param audited what the audit log is told in the same transaction, null for nothing: such starts share a commit
     */
    public record Start(
            OrganizationId organization,
            WorkflowDefinition definition,
            String triggerUse,
            @Nullable Object input,
            @Nullable UserId startedBy,
            @Nullable RunId id,
            @Nullable ParentStep parent,
            @Nullable Integer priority,
            @Nullable Audited audited) {

        public Start(
                OrganizationId organization,
                WorkflowDefinition definition,
                String triggerUse,
                @Nullable Object input,
                @Nullable UserId startedBy,
                @Nullable RunId id,
                @Nullable ParentStep parent) {
            this(organization, definition, triggerUse, input, startedBy, id, parent, null, null);
        }

        public Start(
                OrganizationId organization,
                WorkflowDefinition definition,
                String triggerUse,
                @Nullable Object input,
                @Nullable UserId startedBy) {
            this(organization, definition, triggerUse, input, startedBy, null, null, null, null);
        }
    }

    /**
     * A run whose start is committed.
     *
     * @param outcome done when the run ends or a {@code respond} step answers, on this node; it may be done already
     */
    public record Started(RunId run, CompletableFuture<RunOutcome> outcome) {}

    public Started start(Start start) {
        return moves.start(start);
    }

    /**
     * Starts a run whose id says what it is for, so that it is started once however often and by however many nodes this
     * is asked for.
     *
     * @param start with an id
     * @return whether this call has started it; false when it is there already, whatever became of it
     */
    public boolean startOnce(Start start) {
        return moves.startOnce(start);
    }

    /** Gets a definition ready, so that its first run is as fast as the others. */
    public void prepare(WorkflowDefinition definition) {
        moves.prepare(definition);
    }
}
