package dev.cadre.platform.live.internal;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.KnownCallers;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.organization.ProjectsChanged;
import dev.cadre.platform.run.Runs;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.Workflows;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Says what a client may hear. Who does not see all projects hears of the runs and workflows that the database shows them; what
 * it said counts for a moment, and until somebody changes a project on any node.
 */
@Component
class Sights {

    private static final String CHANGED = "projects-changed";
    private static final long FRESH = Duration.ofSeconds(2).toNanos();
    private static final int MOST = 20_000;

    private record Key(UserId user, UUID thing) {}

    private record Answer(boolean inSight, long at) {}

    private final KnownCallers callers;
    private final AccessRules rules;
    private final Runs runs;
    private final Workflows workflows;
    private final Messages messages;
    private final Map<Key, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    Sights(KnownCallers callers, AccessRules rules, Runs runs, Workflows workflows, Messages messages) {
        this.callers = callers;
        this.rules = rules;
        this.runs = runs;
        this.workflows = workflows;
        this.messages = messages;
        messages.listen(CHANGED, _ -> forget());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ProjectsChanged changed) {
        forget();
        messages.send(CHANGED, changed.organization().toString());
    }

    private void forget() {
        changes.incrementAndGet();
        answers.clear();
    }

    /** Who the watcher is now; empty where the session is over or the permission gone. */
    Optional<Caller> caller(Watcher watcher) {
        try {
            return callers.find(watcher.shown(), watcher.from())
                    .filter(caller -> caller.may(Permission.RUN_READ))
                    .filter(caller -> rules.admit(caller, watcher.from()));
        } catch (IdentityException e) {
            return Optional.empty(); // the address is not among the key's any more
        }
    }

    boolean shows(Caller caller, Event event) {
        if (caller.may(Permission.PROJECT_ALL)) {
            return true;
        }
        var run = event.run();
        var key = new Key(caller.user(), run == null ? event.workflow() : run);
        var known = answers.get(key);
        if (known != null && System.nanoTime() - known.at() < FRESH) {
            return known.inSight();
        }
        long before = changes.get();
        long at = System.nanoTime();
        boolean inSight = caller.withinSight(() -> looked(event.organization(), event));
        if (answers.size() >= MOST) {
            answers.clear();
        }
        answers.put(key, new Answer(inSight, at));
        if (changes.get() != before) {
            answers.remove(key); // it may have been asked before the change
        }
        return inSight;
    }

    private boolean looked(OrganizationId organization, Event event) {
        var run = event.run();
        return run == null
                ? workflows.isInSight(organization, new WorkflowId(event.workflow()))
                : runs.isInSight(organization, new RunId(run));
    }
}
