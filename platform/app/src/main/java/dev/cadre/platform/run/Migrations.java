package dev.cadre.platform.run;

import dev.cadre.platform.run.internal.migration.Mover;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.platform.workflow.Workflows;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Moves runs that are under way, or have failed, to another published version of their workflow. Without it a run ends on
 * the version that it began with.
 */
@Service
public class Migrations {

    /** At most so many runs in one call. */
    public static final int MOST = 200;

    private final Mover mover;
    private final Workflows workflows;
    private final JdbcClient jdbc;

    Migrations(Mover mover, Workflows workflows, JdbcClient jdbc) {
        this.mover = mover;
        this.workflows = workflows;
        this.jdbc = jdbc;
    }

    /**
     * How runs would stand in the version.
     *
     * @param runs null for those of the workflow that have not ended and run another version, the newest {@link #MOST}
     */
    public List<Migration> preview(
            OrganizationId organization, WorkflowId workflow, int version, @Nullable List<RunId> runs) {
        var target = workflows.version(organization, workflow, version);
        return (runs == null ? open(organization, workflow, version) : runs)
                .stream().map(run -> mover.preview(organization, run, target)).toList();
    }

    /** Moves each of the runs, where nothing of it is lost; says for each what became of it. */
    public List<Migration> migrate(OrganizationId organization, WorkflowId workflow, int version, List<RunId> runs) {
        var target = workflows.version(organization, workflow, version);
        return runs.stream()
                .map(run -> migrate(organization, run, target, version))
                .toList();
    }

    private Migration migrate(OrganizationId organization, RunId run, WorkflowDefinition target, int version) {
        try {
            var subject = Subject.of("run", run, target.name());
            return mover.migrate(
                    organization,
                    run,
                    target,
                    Audited.of(organization, "run.migrated", subject, Map.of("toVersion", version)));
        } catch (CadreException e) {
            if (e.kind() != CadreException.Kind.CONFLICT) {
                throw e;
            }
            // It went on meanwhile: the others are moved all the same.
            var now = mover.preview(organization, run, target);
            return new Migration(
                    run, now.fromVersion(), now.status(), now.elements(), List.of(e.getMessage()), List.of(), false);
        }
    }

    private List<RunId> open(OrganizationId organization, WorkflowId workflow, int version) {
        return jdbc.sql("""
                        select id from run where organization_id = ? and workflow_id = ?
                        and status in ('queued', 'running', 'waiting', 'failed') and workflow_version is distinct from ?
                        order by id desc limit ?""")
                .params(organization.value(), workflow.value(), version, MOST)
                .query((row, _) -> new RunId(row.getObject("id", UUID.class)))
                .list();
    }
}
