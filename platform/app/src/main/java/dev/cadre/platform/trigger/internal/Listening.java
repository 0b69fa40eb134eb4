package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.ListeningEnded;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.workflow.WorkflowDeleted;
import dev.cadre.platform.workflow.WorkflowException;
import dev.cadre.platform.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Who listens to the webhook of a draft at the moment, on this node: at most one workflow at each path. */
@Component
public class Listening {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Somebody who listens until {@code expiresAt}; {@code methods} empty for all. */
    public record Listener(
            OrganizationId organization,
            WorkflowId workflow,
            UserId by,
            String path,
            Set<String> methods,
            Instant expiresAt) {

        boolean expired() {
            return Instant.now().isAfter(expiresAt);
        }

        boolean isFor(OrganizationId anOrganization, WorkflowId aWorkflow) {
            return organization.equals(anOrganization) && workflow.equals(aWorkflow);
        }

        boolean answers(String method) {
            return methods.isEmpty() || methods.contains(method);
        }
    }

    private final Workflows workflows;
    private final Bindings bindings;
    private final Users users;
    private final ApplicationEventPublisher events;
    private final Map<String, Listener> byPath = new ConcurrentHashMap<>();

    Listening(Workflows workflows, Bindings bindings, Users users, ApplicationEventPublisher events) {
        this.workflows = workflows;
        this.bindings = bindings;
        this.users = users;
        this.events = events;
    }

    /**
     * Listens to the draft. Where another workflow is listened to at its path this is refused (409), with who does it
     * where that is a colleague; {@code takeOver} takes a colleague's place and tells them.
     */
    public Listener begin(Caller caller, WorkflowId workflow, boolean takeOver) {
        var organization = caller.organization();
        var binding = bindings.of(workflows.draft(organization, workflow))
                .orElseThrow(TriggerException::noWebhook)
                .binding();
        byPath.values().removeIf(other -> other.expired() || other.path().equals(binding.path()) && isGone(other));
        var listener = new Listener(
                organization,
                workflow,
                caller.user(),
                binding.path(),
                binding.methods(),
                Instant.now().plus(PATIENCE));
        var displaced = new AtomicReference<@Nullable Listener>();
        var kept = byPath.compute(binding.path(), (_, other) -> {
            if (other == null || other.isFor(organization, workflow)) {
                return listener;
            }
            if (takeOver && isInSight(other, organization)) {
                displaced.set(other);
                return listener;
            }
            return other;
        });
        if (kept != listener) {
            throw taken(kept, organization);
        }
        // the draft may have had another path when it was listened to before
        byPath.values().removeIf(other -> other != listener && other.isFor(organization, workflow));
        var before = displaced.get();
        if (before != null) {
            tell(before, ListeningEnded.Reason.TAKEN_OVER, caller.user());
        }
        audit(organization, "webhook.listening-begun", workflow);
        return listener;
    }

    /** Another node may have deleted the workflow. */
    private boolean isGone(Listener listener) {
        try {
            Walls.within(
                    listener.organization(), () -> workflows.summary(listener.organization(), listener.workflow()));
            return false;
        } catch (WorkflowException deleted) {
            return true;
        }
    }

    /** A colleague's of a project that the caller does not see is as far away as another organization's. */
    private boolean isInSight(Listener listener, OrganizationId organization) {
        return listener.organization().equals(organization) && workflows.isInSight(organization, listener.workflow());
    }

    private TriggerException taken(Listener other, OrganizationId organization) {
        if (!isInSight(other, organization)) {
            return TriggerException.listenedElsewhere(other.path(), other.expiresAt());
        }
        return TriggerException.listenedByColleague(
                other.path(),
                name(other.by()),
                other.workflow(),
                workflows.summary(organization, other.workflow()).name(),
                other.expiresAt());
    }

    /** Tells everybody who watches the workflow. */
    public void end(Caller caller, WorkflowId workflow) {
        workflows.summary(caller.organization(), workflow);
        audit(caller.organization(), "webhook.listening-ended", workflow);
        end(caller.organization(), workflow, ListeningEnded.Reason.STOPPED, caller.user());
    }

    /** Listening is in no table: there is no transaction that this could be a part of. */
    private void audit(OrganizationId organization, String action, WorkflowId workflow) {
        events.publishEvent(Audited.of(organization, action, Subject.of("workflow", workflow, null)));
    }

    @TransactionalEventListener
    void on(WorkflowDeleted deleted) {
        end(deleted.organization(), deleted.workflow(), ListeningEnded.Reason.DELETED, null);
    }

    private void end(
            OrganizationId organization, WorkflowId workflow, ListeningEnded.Reason reason, @Nullable UserId by) {
        for (var listener : List.copyOf(byPath.values())) {
            if (listener.isFor(organization, workflow) && byPath.remove(listener.path(), listener)) {
                tell(listener, reason, by);
            }
        }
    }

    private void tell(Listener listener, ListeningEnded.Reason reason, @Nullable UserId by) {
        events.publishEvent(new ListeningEnded(
                listener.organization(), listener.workflow(), reason, by == null ? null : name(by), Instant.now()));
    }

    private String name(UserId user) {
        return Optional.ofNullable(users.find(List.of(user)).get(user))
                .map(User::name)
                .orElse("Somebody");
    }

    /** Who listens at a path, whatever the method. */
    public Optional<Listener> at(String path) {
        return Optional.ofNullable(byPath.get(path)).filter(listener -> !listener.expired());
    }

    /** The draft of a listener as it is now. */
    public Route route(Listener listener) {
        var definition = workflows.draft(listener.organization(), listener.workflow());
        return bindings.route(definition, null).orElseThrow(TriggerException::noWebhook);
    }
}
