package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.Plan;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.flowable.engine.ProcessEngine;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Deploys each revision of a workflow to the engine once, when it first runs. */
@Component
class EngineDefinitions {

    private record Key(UUID workflow, int revision) {}

    private final ProcessEngine engine;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Map<Key, String> deployed = new ConcurrentHashMap<>();

    EngineDefinitions(ProcessEngine engine, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.engine = engine;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Id of the engine's process definition. */
    String of(Plan plan) {
        var definition = plan.definition();
        var key = new Key(definition.workflow().value(), definition.revision());
        var known = deployed.get(key);
        if (known != null) {
            return known;
        }
        var id = transaction.execute(_ -> findOrDeploy(definition));
        if (id == null) {
            throw new IllegalStateException("No process definition was deployed");
        }
        deployed.put(key, id);
        return id;
    }

    /** Deletes all that was deployed for an organization, of which nothing runs any more. */
    void forget(OrganizationId organization) {
        var repository = engine.getRepositoryService();
        repository
                .createDeploymentQuery()
                .deploymentTenantId(organization.toString())
                .list()
                .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    }

    private String findOrDeploy(WorkflowDefinition definition) {
        // One deployment for a revision, however many callers and nodes ask for it at once.
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 60))")
                .param(definition.workflow().value() + "#" + definition.revision())
                .query((_, _) -> 1)
                .single();
        return jdbc.sql(
                        "select process_definition_id from engine_definition where workflow_id = ? and revision = ? and format = ?")
                .params(definition.workflow().value(), definition.revision(), EngineModel.FORMAT)
                .query(String.class)
                .optional()
                .orElseGet(() -> deploy(definition));
    }

    private String deploy(WorkflowDefinition definition) {
        var repository = engine.getRepositoryService();
        var key = EngineModel.processKey(definition);
        var deployment = repository
                .createDeployment()
                .name(key)
                .tenantId(definition.organization().value().toString())
                // Our own compiler made it: what the engine would refuse besides is no reason to fail a run.
                .disableBpmnValidation()
                .addBpmnModel(key + ".bpmn20.xml", EngineModel.compile(definition))
                .deploy();
        var id = repository
                .createProcessDefinitionQuery()
                .deploymentId(deployment.getId())
                .singleResult()
                .getId();
        jdbc.sql("""
                        insert into engine_definition (workflow_id, revision, format, organization_id, process_definition_id)
                        values (?, ?, ?, ?, ?)""")
                .params(
                        definition.workflow().value(),
                        definition.revision(),
                        EngineModel.FORMAT,
                        definition.organization().value(),
                        id)
                .update();
        return id;
    }
}
