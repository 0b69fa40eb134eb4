package dev.cadre.platform.connector.internal;

import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.schema.RecordBinding;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.connector.Operation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Performs one operation of a connector as a step, or as a tool of an agent. */
final class OperationPerformer<I extends Record, O extends Record> implements StepPerformer.ToolPerformer {

    private final InstalledConnector connector;
    private final Operation<I, O> operation;
    private final RecordBinding<I> input;
    private final RecordBinding<O> output;
    private final OpenConnections connections;

    OperationPerformer(InstalledConnector connector, Operation<I, O> operation, OpenConnections connections) {
        this.connector = connector;
        this.operation = operation;
        this.input = connector.plugin().bindings().of(operation.input());
        this.output = connector.plugin().bindings().of(operation.output());
        this.connections = connections;
    }

    @Override
    public boolean instant() {
        return false;
    }

    @Override
    public Map<String, Object> perform(
            OrganizationId organization,
            Map<String, Object> values,
            @Nullable ChosenConnection connection,
            StepContext context)
            throws Exception {
        var atWork = connector.plugin().atWork();
        atWork.begin();
        try {
            var record = input.read(values);
            var opened = open(organization, connection, context.runId());
            return output.write(connector.runtime().perform(operation, record, opened, context));
        } finally {
            atWork.end();
        }
    }

    private OpenConnection open(OrganizationId organization, @Nullable ChosenConnection connection, String run) {
        if (connector.definition().connection() == null) {
            return OpenConnection.NONE;
        }
        if (connection == null) {
            throw new Rejected("CONNECTION_MISSING", "The step names no connection. Choose one in its form.");
        }
        return connections.open(organization, connector, connection, run);
    }
}
