package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.run.Runs;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.trigger.TriggerException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets a signed request start one run only, on whichever node it comes. The request is noted with the id of its run before
 * that run starts, so that the run itself says later whether it did: a request whose run never began may come again.
 */
@Component
public class Replays {

    /** A start that takes longer has died with its node. */
    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Replays.class);

    private final ReplayRows rows;
    private final Runs runs;

    Replays(ReplayRows rows, Runs runs) {
        this.rows = rows;
        this.runs = runs;
    }

    /** Starts the run; refuses (409) a request that has started one already, and (503) while it may be doing so. */
    public RunStarter.Started once(
            OrganizationId organization, Signed signed, Function<RunId, RunStarter.Started> start) {
        return once(organization, signed, run -> began(organization, run), start);
    }

    /** As {@link #once} for what else a request does under an id of its own: {@code done} says whether it has done it. */
    public <T> T once(OrganizationId organization, Signed signed, Predicate<RunId> done, Function<RunId, T> effect) {
        var id = RunId.create();
        if (!rows.claim(organization, signed, id)) {
            takeOver(organization, signed, id, done);
        }
        try {
            return effect.apply(id);
        } catch (RuntimeException e) {
            release(organization, signed, id, done);
            throw e;
        }
    }

    private boolean began(OrganizationId organization, RunId run) {
        return runs.find(organization, run).isPresent();
    }

    private void takeOver(OrganizationId organization, Signed signed, RunId run, Predicate<RunId> done) {
        var claim = rows.find(organization, signed).orElseThrow(TriggerException::startsElsewhere);
        if (!claim.expired()) {
            if (done.test(claim.run())) {
                throw TriggerException.replayed();
            }
            if (claim.age().compareTo(LONGEST_START) < 0) {
                throw TriggerException.startsElsewhere();
            }
        }
        if (!rows.takeOver(organization, signed, claim.run(), run)) {
            throw TriggerException.startsElsewhere();
        }
    }

    /** Where that fails, or the run may have begun after all, the next request finds out. */
    private void release(OrganizationId organization, Signed signed, RunId run, Predicate<RunId> done) {
        try {
            if (!done.test(run)) {
                rows.release(organization, signed, run);
            }
        } catch (RuntimeException e) {
            log.debug("The claim of run {} stays for a while", run, e);
        }
    }
}
