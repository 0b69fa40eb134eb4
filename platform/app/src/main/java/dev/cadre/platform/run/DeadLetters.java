package dev.cadre.platform.run;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.run.internal.journal.DeadLetterRows;
import dev.cadre.platform.run.internal.work.RunActions;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Everything of an organization that does not go on without a person, and what is done about many of them at once. */
@Service
public class DeadLetters {

    /** At most so many are dealt with by one call. */
    public static final int MOST = 1_000;

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    /** What became of one run. {@code code} and {@code message} say why not, null where it is done. */
    public record Dealt(
            RunId runId,
            boolean done,
            @Nullable String code,
            @Nullable String message) {}

    /** What became of all; {@code more} when the filter fits further ones, which another call deals with. */
    public record Report(List<Dealt> items, int done, int refused, boolean more) {}

    private final DeadLetterRows rows;
    private final RunActions actions;
    private final UnknownOutcomes outcomes;

    DeadLetters(DeadLetterRows rows, RunActions actions, UnknownOutcomes outcomes) {
        this.rows = rows;
        this.actions = actions;
        this.outcomes = outcomes;
    }

    /** At most {@code count}, those that wait the shortest first; {@code since} and {@code id} of the last one before. */
    public List<DeadLetter> list(
            OrganizationId organization,
            DeadLetterFilter filter,
            @Nullable Instant since,
            @Nullable UUID id,
            int count) {
        return rows.list(organization, filter, since, id, count);
    }

    /** Moves the runs on from where they stopped; also attempts whose outcome is not known are made again. */
    public Report retry(Caller caller, List<RunId> runs) {
        return deal(runs, false, run -> retry(caller, run));
    }

    /** Like {@link #retry(Caller, List)}; attempts with an unknown outcome only where the filter asks for that code. */
    public Report retry(Caller caller, DeadLetterFilter filter) {
        var found = found(caller, filter);
        return deal(found.runs(), found.more(), run -> retry(caller, run));
    }

    /** Cancels the runs: they are dead letters no more. */
    public Report discard(Caller caller, List<RunId> runs) {
        return deal(runs, false, run -> discard(caller, run));
    }

    /** Like {@link #discard(Caller, List)}; attempts with an unknown outcome only where the filter asks for that code. */
    public Report discard(Caller caller, DeadLetterFilter filter) {
        var found = found(caller, filter);
        return deal(found.runs(), found.more(), run -> discard(caller, run));
    }

    private void discard(Caller caller, RunId run) {
        actions.cancel(caller.organization(), run, false, audited(caller, "dead-letter.discarded", run));
    }

    private static Audited audited(Caller caller, String action, RunId run) {
        return Audited.of(caller.organization(), action, Subject.of("run", run, null));
    }

    private void retry(Caller caller, RunId run) {
        var undecided = rows.undecided(caller.organization(), run);
        if (undecided.isEmpty()) {
            again(caller, run);
            return;
        }
        undecided.forEach(task -> outcomes.retry(caller, task, null));
        if (rows.isFailed(caller.organization(), run)) {
            again(caller, run);
        }
    }

    private void again(Caller caller, RunId run) {
        actions.retry(caller.organization(), run, Map.of(), audited(caller, "dead-letter.retried", run));
    }

    private record Found(List<RunId> runs, boolean more) {}

    private Found found(Caller caller, DeadLetterFilter filter) {
        var runs = new LinkedHashSet<RunId>();
        var letters = rows.list(caller.organization(), filter, null, null, MOST + 1);
        letters.stream()
                .limit(MOST)
                .filter(letter -> letter.kind() == DeadLetter.Kind.FAILED_RUN || filter.code() != null)
                .forEach(letter -> runs.add(letter.runId()));
        return new Found(List.copyOf(runs), letters.size() > MOST);
    }

    private static Report deal(List<RunId> runs, boolean more, Consumer<RunId> action) {
        if (runs.size() > MOST) {
            throw RunException.malformed("At most " + MOST + " runs are dealt with by one call.");
        }
        var dealt = new ArrayList<Dealt>();
        for (var run : new LinkedHashSet<>(runs)) {
            dealt.add(dealt(run, action));
        }
        int done = (int) dealt.stream().filter(Dealt::done).count();
        return new Report(dealt, done, dealt.size() - done, more);
    }

    private static Dealt dealt(RunId run, Consumer<RunId> action) {
        try {
            action.accept(run);
            return new Dealt(run, true, null, null);
        } catch (CadreException e) {
            return new Dealt(run, false, e.code(), e.getMessage());
        } catch (RuntimeException e) {
            log.warn("The dead letter {} can't be dealt with", run, e);
            return new Dealt(run, false, "run-busy", "The run moves just now, or the database is away: try again.");
        }
    }
}
