package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.spi.trigger.HttpTrigger;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of what is armed under {@code /hooks/}: one row for each path and method. */
@Repository
public class WebhookRows {

    /**
     * A row of the table.
     *
     * @param method {@code *} for any
     * @param element the message event that requests tell; null where they start runs
     */
    public record Armed(
            String path,
            String method,
            OrganizationId organization,
            WorkflowId workflow,
            int version,
            String stepType,
            HttpTrigger.Respond respond,
            @Nullable String element) {}

    private final JdbcClient jdbc;

    WebhookRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes these all that a workflow answers, part of the caller's transaction. Refuses (409) what another workflow
     * answers already.
     *
     * @return the paths that changed their meaning: those before and those from now on
     */
    Set<String> replace(OrganizationId organization, WorkflowId workflow, List<Armed> armed) {
        var changed = new TreeSet<>(
                jdbc.sql("delete from webhook where organization_id = ? and workflow_id = ? returning path")
                        .params(organization.value(), workflow.value())
                        .query(String.class)
                        .list());
        for (var webhook : armed) {
            arm(webhook);
            changed.add(webhook.path());
        }
        if (!changed.isEmpty()) {
            // last, since everybody else who publishes waits for this row until the commit
            jdbc.sql("update webhook_generation set generation = generation + 1")
                    .update();
        }
        return changed;
    }

    private void arm(Armed armed) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 65))")
                .param(armed.path())
                .query((_, _) -> 1)
                .single();
        boolean clash = jdbc.sql("select webhook_clashes(?, ?)")
                .params(armed.path(), armed.method())
                .query(Boolean.class)
                .single();
        if (clash) {
            throw TriggerException.pathTaken(armed.method(), armed.path());
        }
        try {
            jdbc.sql("""
                            insert into webhook
                            (path, method, organization_id, workflow_id, version, step_type, respond, element_id)
                            values (:path, :method, :organization, :workflow, :version, :type, :respond, :element)""")
                    .param("path", armed.path())
                    .param("method", armed.method())
                    .param("organization", armed.organization().value())
                    .param("workflow", armed.workflow().value())
                    .param("version", armed.version())
                    .param("type", armed.stepType())
                    .param("respond", armed.respond().name())
                    .param("element", armed.element())
                    .update();
        } catch (DuplicateKeyException e) {
            throw TriggerException.pathTaken(armed.method(), armed.path());
        }
    }

    /** A number that grows with every change to the table. */
    long generation() {
        return jdbc.sql("select generation from webhook_generation")
                .query(Long.class)
                .single();
    }

    /** Has every node read the table again, though no row of it has changed. */
    void changed() {
        jdbc.sql("update webhook_generation set generation = generation + 1").update();
    }

    /** The webhooks of all organizations but those that are about to be deleted. */
    List<Armed> all() {
        return list(
                " where not exists (select from organization o where o.id = webhook.organization_id and o.deletes_at is not null)",
                List.of());
    }

    /** The webhooks of one organization. */
    public List<Armed> of(OrganizationId organization) {
        return list(" where organization_id = ?", List.of(organization.value()));
    }

    private List<Armed> list(String where, List<Object> values) {
        return jdbc.sql(
                        "select path, method, organization_id, workflow_id, version, step_type, respond, element_id from webhook"
                                + where + " order by path, method")
                .params(values)
                .query((row, _) -> new Armed(
                        row.getString("path"),
                        row.getString("method"),
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        new WorkflowId(row.getObject("workflow_id", UUID.class)),
                        row.getInt("version"),
                        row.getString("step_type"),
                        HttpTrigger.Respond.valueOf(row.getString("respond")),
                        row.getString("element_id")))
                .list();
    }
}
