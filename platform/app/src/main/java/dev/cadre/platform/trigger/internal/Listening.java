package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Who listens to the webhook of a draft at the moment, on this node. */
@Component
public class Listening {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Somebody who listens until {@code expiresAt}. */
    public record Listener(
            OrganizationId organization, WorkflowId workflow, String path, Set<String> methods, Instant expiresAt) {
        boolean expired() {
            return Instant.now().isAfter(expiresAt);
        }
    }

    private final Workflows workflows;
    private final Bindings bindings;
    private final Map<String, Listener> byPath = new ConcurrentHashMap<>();

    Listening(Workflows workflows, Bindings bindings) {
        this.workflows = workflows;
        this.bindings = bindings;
    }

    public Listener begin(OrganizationId organization, WorkflowId workflow) {
        var binding = bindings.of(workflows.draft(organization, workflow))
                .orElseThrow(TriggerException::noWebhook)
                .binding();
        byPath.values().removeIf(Listener::expired);
        var listener = new Listener(
                organization,
                workflow,
                binding.path(),
                binding.methods(),
                Instant.now().plus(PATIENCE));
        var kept = byPath.compute(
                binding.path(),
                (_, other) -> other == null || other.organization().equals(organization) ? listener : other);
        if (kept != listener) {
            throw TriggerException.pathTaken("*", binding.path());
        }
        return listener;
    }

    public void end(OrganizationId organization, WorkflowId workflow) {
        byPath.values()
                .removeIf(listener -> listener.organization().equals(organization)
                        && listener.workflow().equals(workflow));
    }

    public Optional<Listener> at(String path, String method) {
        return Optional.ofNullable(byPath.get(path))
                .filter(listener -> !listener.expired())
                .filter(listener ->
                        listener.methods().isEmpty() || listener.methods().contains(method));
    }

    /** The draft of a listener as it is now. */
    public Route route(Listener listener) {
        var definition = workflows.draft(listener.organization(), listener.workflow());
        var bound = bindings.of(definition).orElseThrow(TriggerException::noWebhook);
        return new Route(definition, bound.start().use(), bound.binding().respond());
    }
}
