package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.workflow.WorkflowDeleted;
import dev.cadre.platform.workflow.WorkflowPublished;
import dev.cadre.platform.workflow.Workflows;
import dev.cadre.spi.trigger.HttpTrigger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The armed webhooks: kept in a table, looked up in memory. */
@Component
public class Routes {

    private static final Logger log = LoggerFactory.getLogger(Routes.class);
    private static final long REREAD_NANOS = 1_000_000_000L;

    /** A row of the table. */
    public record Armed(
            String path,
            String method,
            OrganizationId organization,
            WorkflowId workflow,
            int version,
            String stepType,
            HttpTrigger.Respond respond) {}

    private final JdbcClient jdbc;
    private final Bindings bindings;
    private final Workflows workflows;
    private final RunStarter starter;
    private volatile Map<String, Map<String, Route>> routes = Map.of();
    private volatile long readAt;

    Routes(JdbcClient jdbc, Bindings bindings, Workflows workflows, RunStarter starter) {
        this.jdbc = jdbc;
        this.bindings = bindings;
        this.workflows = workflows;
        this.starter = starter;
    }

    /** Part of the publishing transaction: a path that another workflow has keeps the version from going live. */
    @EventListener
    void on(WorkflowPublished published) {
        var definition = published.definition();
        disarm(definition.organization(), definition.workflow());
        bindings.of(definition).ifPresent(bound -> {
            var binding = bound.binding();
            var methods = binding.methods().isEmpty() ? Set.of("*") : binding.methods();
            for (var method : methods) {
                arm(new Armed(
                        binding.path(),
                        method,
                        definition.organization(),
                        definition.workflow(),
                        definition.version() == null ? 0 : definition.version(),
                        bound.start().use(),
                        binding.respond()));
            }
        });
        rereadAfterCommit();
    }

    @EventListener
    void on(WorkflowDeleted deleted) {
        disarm(deleted.organization(), deleted.workflow());
        rereadAfterCommit();
    }

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        reread();
    }

    private void disarm(OrganizationId organization, WorkflowId workflow) {
        jdbc.sql("delete from webhook where organization_id = ? and workflow_id = ?")
                .params(organization.value(), workflow.value())
                .update();
    }

    private void arm(Armed armed) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 65))")
                .param(armed.path())
                .query((_, _) -> 1)
                .single();
        boolean clash =
                jdbc.sql("select count(*) from webhook where path = ? and (method = ? or method = '*' or ? = '*')")
                                .params(armed.path(), armed.method(), armed.method())
                                .query(Integer.class)
                                .single()
                        > 0;
        if (clash) {
            throw TriggerException.pathTaken(armed.method(), armed.path());
        }
        try {
            jdbc.sql("""
                            insert into webhook (path, method, organization_id, workflow_id, version, step_type, respond)
                            values (?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            armed.path(),
                            armed.method(),
                            armed.organization().value(),
                            armed.workflow().value(),
                            armed.version(),
                            armed.stepType(),
                            armed.respond().name())
                    .update();
        } catch (DuplicateKeyException e) {
            throw TriggerException.pathTaken(armed.method(), armed.path());
        }
    }

    private void rereadAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            reread();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                // A request that comes before the new routes are read has them read at once.
                readAt = System.nanoTime() - 2 * REREAD_NANOS;
                // On a thread of its own: this one still holds the connection of the transaction.
                Thread.ofVirtual().name("webhooks").start(Routes.this::reread);
            }
        });
    }

    private synchronized void reread() {
        var next = new HashMap<String, Map<String, Route>>();
        for (var armed : list("", List.of())) {
            try {
                var definition = workflows.version(armed.organization(), armed.workflow(), armed.version());
                starter.prepare(definition);
                next.computeIfAbsent(armed.path(), _ -> new HashMap<>())
                        .put(armed.method(), new Route(definition, armed.stepType(), armed.respond()));
            } catch (RuntimeException e) {
                log.error("The webhook {} of workflow {} can't be armed", armed.path(), armed.workflow(), e);
            }
        }
        routes = Map.copyOf(next);
        readAt = System.nanoTime();
    }

    /** The webhooks of one organization. */
    public List<Armed> of(OrganizationId organization) {
        return list(" where organization_id = ?", List.of(organization.value()));
    }

    private List<Armed> list(String where, List<Object> values) {
        return jdbc.sql("select path, method, organization_id, workflow_id, version, step_type, respond from webhook"
                        + where + " order by path, method")
                .params(values)
                .query((row, _) -> new Armed(
                        row.getString("path"),
                        row.getString("method"),
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        new WorkflowId(row.getObject("workflow_id", UUID.class)),
                        row.getInt("version"),
                        row.getString("step_type"),
                        HttpTrigger.Respond.valueOf(row.getString("respond"))))
                .list();
    }

    public Optional<Route> find(String path, String method) {
        var found = look(path, method);
        if (found.isEmpty() && System.nanoTime() - readAt > REREAD_NANOS) {
            // Another node may have published it.
            reread();
            found = look(path, method);
        }
        return found;
    }

    private Optional<Route> look(String path, String method) {
        var methods = routes.getOrDefault(path, Map.of());
        var route = methods.get(method);
        return Optional.ofNullable(route == null ? methods.get("*") : route);
    }

    /** The methods that a path answers, empty for an unknown path. */
    public Set<String> methods(String path) {
        return new TreeSet<>(routes.getOrDefault(path, Map.of()).keySet());
    }
}
