package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.Transition;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.delegate.FlowableFunctionDelegate;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.flowable.common.engine.impl.el.FlowableAstFunctionCreator;
import org.flowable.common.engine.impl.el.FlowableFunctionResolverFactory;
import org.flowable.common.engine.impl.javax.el.ELContext;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/**
 * The only expressions that the engine knows: the conditions of our own compiled sequence flows, named {@code
 * flow:<id>} and evaluated as JSONata beside the engine. There is no expression language in here to attack.
 */
final class ConditionExpressions implements ExpressionManager {

    static final String PREFIX = "flow:";

    private record Condition(String flowId) implements org.flowable.common.engine.api.delegate.Expression {

        @Override
        public Object getValue(VariableContainer container) {
            return Transition.current().holds(flowId, Iterations.of((ExecutionEntity) container));
        }

        @Override
        public void setValue(Object value, VariableContainer container) {
            throw new FlowableException("A condition can't be assigned to");
        }

        @Override
        public String getExpressionText() {
            return PREFIX + flowId;
        }
    }

    @Override
    public org.flowable.common.engine.api.delegate.Expression createExpression(String expression) {
        if (!expression.startsWith(PREFIX)) {
            throw new FlowableException("The engine evaluates no expressions but compiled conditions");
        }
        return new Condition(expression.substring(PREFIX.length()));
    }

    @Override
    public ELContext getElContext(VariableContainer container) {
        throw new FlowableException("The engine evaluates no expressions");
    }

    @Override
    public Map<Object, Object> getBeans() {
        return Map.of();
    }

    @Override
    public void setBeans(@Nullable Map<Object, Object> beans) {
        // No bean is ever visible.
    }

    @Override
    public List<FlowableFunctionDelegate> getFunctionDelegates() {
        return List.of();
    }

    @Override
    public void setFunctionDelegates(@Nullable List<FlowableFunctionDelegate> delegates) {
        // No function is ever visible.
    }

    @Override
    public List<FlowableAstFunctionCreator> getAstFunctionCreators() {
        return List.of();
    }

    @Override
    public void setAstFunctionCreators(@Nullable List<FlowableAstFunctionCreator> creators) {
        // No function is ever visible.
    }

    @Override
    public @Nullable FlowableFunctionResolverFactory getFunctionResolverFactory() {
        return null;
    }

    @Override
    public void setFunctionResolverFactory(@Nullable FlowableFunctionResolverFactory factory) {
        // No function is ever visible.
    }
}
