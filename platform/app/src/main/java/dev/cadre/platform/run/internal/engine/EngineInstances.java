package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.Plan;
import dev.cadre.platform.shared.RunId;
import java.util.List;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the engine keeps of runs, for who moves them to another definition. Part of the caller's transaction. */
@Component
public class EngineInstances {

    private final Engine engine;
    private final JdbcClient jdbc;

    EngineInstances(Engine engine, JdbcClient jdbc) {
        this.engine = engine;
        this.jdbc = jdbc;
    }

    /** Deploys the definition; to be called before the transaction, since a deployment has one of its own. */
    public void prepare(Plan plan) {
        engine.prepare(plan);
    }

    /** The elements where executions of the run stand. */
    public List<String> elements(RunId run) {
        return jdbc.sql("select distinct act_id_ from act_ru_execution where proc_inst_id_ = ? and act_id_ is not null")
                .param(run.toString())
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** The executions stay where they are, in another definition that has the same elements there. */
    public void redefine(RunId run, Plan to) {
        jdbc.sql("update act_ru_execution set proc_def_id_ = ?, rev_ = rev_ + 1 where proc_inst_id_ = ?")
                .params(engine.definitionId(to), run.toString())
                .update();
    }

    /** A new instance of the run with one execution at an element; gives the execution's id. */
    public String place(RunId run, Plan plan, String elementId) {
        return engine.kept(context -> {
            var instance = engine.instance(run, plan);
            var execution =
                    CommandContextUtil.getExecutionEntityManager(context).createChildExecution(instance);
            execution.setCurrentFlowElement(engine.element(plan, elementId));
            execution.setActive(true);
            return execution.getId();
        });
    }
}
