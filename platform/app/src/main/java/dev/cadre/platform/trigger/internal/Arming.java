package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.organization.DeletionChanged;
import dev.cadre.platform.plugin.Plugins;
import dev.cadre.platform.shared.Clocked;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.internal.WebhookRows.Armed;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.platform.workflow.WorkflowDeleted;
import dev.cadre.platform.workflow.WorkflowPublished;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Arms the webhooks of what is published, disarms those of what is deleted, and keeps {@link Routes} up to date. */
@Component
class Arming extends Clocked {

    /** How long at most another node's change stays unknown here; a look reads one row of one column. */
    static final Duration LOOK = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(Arming.class);

    private final WebhookRows rows;
    private final Routes routes;
    private final Bindings bindings;
    private boolean failing;

    Arming(WebhookRows rows, Routes routes, Bindings bindings) {
        super("webhooks", Duration.ZERO);
        this.rows = rows;
        this.routes = routes;
        this.bindings = bindings;
    }

    /** Part of the publishing transaction: a path that another workflow has keeps the version from going live. */
    @EventListener
    void on(WorkflowPublished published) {
        var definition = published.definition();
        replace(definition.organization(), definition.workflow(), armed(definition));
    }

    @EventListener
    void on(WorkflowDeleted deleted) {
        replace(deleted.organization(), deleted.workflow(), List.of());
    }

    /** An organization that is about to be deleted keeps its paths, and nothing answers there until it is restored. */
    @EventListener
    void on(DeletionChanged changed) {
        rows.changed();
        afterCommit(rows.of(changed.organization()).stream().map(Armed::path).collect(Collectors.toSet()));
    }

    private List<Armed> armed(WorkflowDefinition definition) {
        return Stream.concat(bindings.of(definition).stream(), bindings.ofEvents(definition).stream())
                .flatMap(bound -> armed(definition, bound))
                .toList();
    }

    private static Stream<Armed> armed(WorkflowDefinition definition, Bindings.Bound bound) {
        var binding = bound.binding();
        var methods = binding.methods().isEmpty() ? Set.of("*") : binding.methods();
        return methods.stream()
                .map(method -> new Armed(
                        binding.path(),
                        method,
                        definition.organization(),
                        definition.workflow(),
                        definition.version() == null ? 0 : definition.version(),
                        bound.use(),
                        binding.respond(),
                        bound.element()));
    }

    private void replace(OrganizationId organization, WorkflowId workflow, List<Armed> armed) {
        afterCommit(rows.replace(organization, workflow, armed));
    }

    private void afterCommit(Set<String> changed) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_ROLLED_BACK) {
                    // Requests for these paths wait until the table is read; this thread can't read it, since it still
                    // holds the connection of the transaction.
                    routes.changed(changed);
                    clock.soon(Arming.this::look);
                }
            }
        });
    }

    private void look() {
        try {
            routes.look();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("The webhooks can't be read: {}", e.getMessage());
            }
            failing = true;
        }
    }

    @Override
    public void start() {
        look();
        clock.start(LOOK, this::look);
    }

    /** After the plugins, whose step types the routes need, and before the port is open. */
    @Override
    public int getPhase() {
        return Plugins.PHASE + 500;
    }
}
