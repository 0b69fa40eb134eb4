package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.Transition;
import dev.cadre.platform.workflow.Node;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ActivityInstanceEntity;
import org.flowable.engine.impl.persistence.entity.ActivityInstanceEntityManagerImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.persistence.entity.data.impl.MybatisActivityInstanceDataManager;
import org.jspecify.annotations.Nullable;

/** Notes the sequence flows taken in our journal; the engine's own activity table, which nobody reads, stays empty. */
final class PathRecorder extends ActivityInstanceEntityManagerImpl {

    PathRecorder(ProcessEngineConfigurationImpl configuration) {
        super(configuration, new MybatisActivityInstanceDataManager(configuration));
    }

    @Override
    public void recordSequenceFlowTaken(ExecutionEntity execution) {
        if (execution.getCurrentFlowElement() instanceof SequenceFlow flow
                && !flow.getId().contains(Node.MARK)) {
            Transition.current().took(flow.getId());
        }
    }

    @Override
    public void recordActivityStart(ExecutionEntity execution) {
        // The journal records steps itself.
    }

    @Override
    public void recordActivityEnd(ExecutionEntity execution, @Nullable String deleteReason) {
        // The journal records steps itself.
    }

    @Override
    public void recordSubProcessInstanceStart(ExecutionEntity parent, ExecutionEntity subProcess) {
        // A called workflow is a run of its own.
    }

    @Override
    public @Nullable ActivityInstanceEntity findUnfinishedActivityInstance(ExecutionEntity execution) {
        return null;
    }

    @Override
    public void deleteActivityInstancesByProcessInstanceId(String processInstanceId) {
        // There are none.
    }
}
