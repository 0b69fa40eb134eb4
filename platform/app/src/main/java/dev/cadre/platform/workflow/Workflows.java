package dev.cadre.platform.workflow;

import dev.cadre.platform.connector.CallerConnections;
import dev.cadre.platform.connector.Connections;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.workflow.internal.bpmn.References;
import dev.cadre.platform.workflow.internal.bpmn.WorkflowCompiler;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows;
import dev.cadre.platform.workflow.internal.storage.WorkflowRows.Revision;
import dev.cadre.spi.trigger.Authentication;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Workflows as they are run: compiled definitions by version and revision, and the drawn files behind them. */
@Service
public class Workflows {

    private static final int CACHED = 2_000;

    private record RevisionKey(OrganizationId organization, WorkflowId workflow, int revision) {}

    private record VersionKey(OrganizationId organization, WorkflowId workflow, int version) {}

    private final WorkflowRows rows;
    private final Connections connections;
    private final CallerConnections callers;
    private final WorkflowCompiler compiler;
    private final Map<RevisionKey, WorkflowDefinition> revisions = new ConcurrentHashMap<>();
    private final Map<VersionKey, WorkflowDefinition> versions = new ConcurrentHashMap<>();

    Workflows(WorkflowRows rows, StepTypes stepTypes, Connections connections, CallerConnections callers) {
        this.rows = rows;
        this.connections = connections;
        this.callers = callers;
        this.compiler = new WorkflowCompiler(stepTypes::find);
    }

    /** The live version; refuses (409) a workflow that was never published. */
    public WorkflowDefinition published(OrganizationId organization, WorkflowId workflow) {
        var version = summary(organization, workflow).publishedVersion();
        if (version == null) {
            throw WorkflowException.notPublished();
        }
        return version(organization, workflow, version);
    }

    /** A published version, of a deleted workflow too, since its runs may still be under way. */
    public WorkflowDefinition version(OrganizationId organization, WorkflowId workflow, int version) {
        requireInSight(organization, workflow);
        var key = new VersionKey(organization, workflow, version);
        var known = versions.get(key);
        if (known != null) {
            return known;
        }
        var revision = rows.version(organization, workflow, version)
                .orElseThrow(() -> WorkflowException.versionNotFound(version))
                .revision();
        var saved = saved(organization, workflow, revision);
        var definition =
                definition(organization, workflow, revision, version, saved).definition();
        return remember(versions, key, definition);
    }

    /** A saved revision, of a deleted workflow too; without the elements that have errors. */
    public WorkflowDefinition revision(OrganizationId organization, WorkflowId workflow, int revision) {
        requireInSight(organization, workflow);
        var key = new RevisionKey(organization, workflow, revision);
        var known = revisions.get(key);
        if (known != null) {
            return known;
        }
        var saved = saved(organization, workflow, revision);
        return remember(
                revisions,
                key,
                definition(organization, workflow, revision, null, saved).definition());
    }

    /** The last save, ready to be run; refuses (422) one with errors. */
    public WorkflowDefinition draft(OrganizationId organization, WorkflowId workflow) {
        return check(organization, workflow).orThrow();
    }

    /** The last save without the elements that have errors, so that the others can be tried. */
    public WorkflowDefinition drawn(OrganizationId organization, WorkflowId workflow) {
        return revision(organization, workflow, summary(organization, workflow).revision());
    }

    /** The last save with its problems. */
    public CompiledWorkflow check(OrganizationId organization, WorkflowId workflow) {
        int revision = summary(organization, workflow).revision();
        return definition(organization, workflow, revision, null, saved(organization, workflow, revision));
    }

    /** A drawing that was not saved, as a draft of the workflow; without the elements that have errors. */
    public WorkflowDefinition compile(OrganizationId organization, WorkflowId workflow, String bpmnXml) {
        var summary = summary(organization, workflow);
        return definition(organization, workflow, summary.revision(), null, new Revision(summary.name(), bpmnXml))
                .definition();
    }

    /** A drawing that was not saved, as a draft of the workflow, with its problems. */
    public CompiledWorkflow check(OrganizationId organization, WorkflowId workflow, String bpmnXml) {
        var summary = summary(organization, workflow);
        return definition(organization, workflow, summary.revision(), null, new Revision(summary.name(), bpmnXml));
    }

    /** A drawing of no workflow with its problems. */
    public CompiledWorkflow check(OrganizationId organization, String bpmnXml) {
        return definition(organization, WorkflowId.create(), 0, null, new Revision("", bpmnXml));
    }

    /** Whether a workflow may call another: one of the same project, or of the whole organization. */
    public boolean mayCall(OrganizationId organization, WorkflowId caller, WorkflowId called) {
        var project = rows.project(organization, called);
        return project.isEmpty() || project.equals(rows.project(organization, caller));
    }

    /** The file of a revision, byte for byte as it was saved. */
    public String bpmn(OrganizationId organization, WorkflowId workflow, int revision) {
        return saved(organization, workflow, revision).bpmnXml();
    }

    /** A workflow that exists and is not deleted. */
    public WorkflowSummary summary(OrganizationId organization, WorkflowId workflow) {
        return rows.find(organization, workflow, false).orElseThrow(WorkflowException::notFound);
    }

    /** What is in memory is there for all; somebody who does not see all projects asks the database first. */
    public void requireInSight(OrganizationId organization, WorkflowId workflow) {
        if (!isInSight(organization, workflow)) {
            throw WorkflowException.notFound();
        }
    }

    /** False for a workflow, deleted or not, that is hidden from the caller. */
    public boolean isInSight(OrganizationId organization, WorkflowId workflow) {
        return !Walls.hideProjects() || rows.isInSight(organization, workflow);
    }

    CompiledWorkflow definition(
            OrganizationId organization, WorkflowId workflow, int revision, @Nullable Integer version, Revision saved) {
        var project = rows.project(organization, workflow).orElse(null);
        return definition(organization, project, workflow, revision, version, saved);
    }

    /** As it would be in a project. */
    CompiledWorkflow definition(
            OrganizationId organization,
            @Nullable ProjectId project,
            WorkflowId workflow,
            int revision,
            @Nullable Integer version,
            Revision saved) {
        var compiled = compiler.compile(saved.bpmnXml(), references(organization, project));
        return new CompiledWorkflow(
                new WorkflowDefinition(
                        organization,
                        workflow,
                        revision,
                        version,
                        saved.name(),
                        compiled.body(),
                        compiled.policy(),
                        compiled.hooks()),
                compiled.problems());
    }

    /** What a drawing names as connections, by name or id. */
    Set<String> connectionsOf(String bpmnXml) {
        var named = new HashSet<String>();
        compiler.compile(bpmnXml, new References() {
            @Override
            public boolean connectionExists(String nameOrId, String type) {
                named.add(nameOrId);
                return true;
            }

            @Override
            public boolean provesCallers(String connection, Authentication authentication) {
                named.add(connection);
                return true;
            }

            @Override
            public boolean workflowExists(String id) {
                return true;
            }
        });
        return named;
    }

    private References references(OrganizationId organization, @Nullable ProjectId project) {
        return new References() {
            @Override
            public boolean connectionExists(String nameOrId, String type) {
                return connections.exists(organization, project, nameOrId, type);
            }

            @Override
            public boolean provesCallers(String connection, Authentication authentication) {
                return callers.fit(organization, project, connection, authentication);
            }

            @Override
            public boolean workflowExists(String id) {
                try {
                    return rows.find(organization, new WorkflowId(UUID.fromString(id)), false)
                            .filter(it ->
                                    it.projectId() == null || it.projectId().equals(project))
                            .isPresent();
                } catch (IllegalArgumentException e) {
                    return false;
                }
            }
        };
    }

    private Revision saved(OrganizationId organization, WorkflowId workflow, int revision) {
        return rows.revision(organization, workflow, revision).orElseThrow(WorkflowException::notFound);
    }

    private static <K> WorkflowDefinition remember(Map<K, WorkflowDefinition> cache, K key, WorkflowDefinition value) {
        if (cache.size() >= CACHED) {
            cache.clear();
        }
        cache.put(key, value);
        return value;
    }
}
