package dev.cadre.platform.connector.internal;

import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.spi.connector.ConnectionSettings;
import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.connector.ConnectorDefinition;
import dev.cadre.spi.connector.OAuthSettings;
import dev.cadre.spi.connector.Operation;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes step types out of the operations of connectors. */
@Component
class ConnectorSteps implements StepTypeSource {

    private final InstalledConnectors connectors;
    private final OpenConnections connections;
    private final GuardedComponents components;

    ConnectorSteps(InstalledConnectors connectors, OpenConnections connections, GuardedComponents components) {
        this.connectors = connectors;
        this.connections = connections;
        this.components = components;
    }

    @Override
    public List<StepType> loaded(LoadedPlugin plugin) throws Exception {
        var types = new ArrayList<StepType>();
        for (var connector : plugin.extensions(Connector.class)) {
            var definition = connector.definition();
            check(definition);
            var runtime = new ConnectorRuntime(definition.id(), connector, plugin.classLoader(), components);
            var installed = new InstalledConnector(plugin, definition, runtime);
            try {
                runtime.start();
                connectors.add(installed);
            } catch (Exception e) {
                runtime.close();
                throw e;
            }
            for (var operation : definition.operations()) {
                types.add(stepType(installed, operation));
            }
        }
        return types;
    }

    @Override
    public void unloaded(LoadedPlugin plugin) {
        connectors
                .removeAll(plugin.ref().id())
                .forEach(connector -> connector.runtime().close());
    }

    private <I extends Record, O extends Record> StepType stepType(
            InstalledConnector connector, Operation<I, O> operation) {
        var definition = connector.definition();
        var bindings = connector.plugin().bindings();
        return new StepType(
                operation.id(),
                operation.title(),
                operation.description(),
                "Connectors",
                definition.icon(),
                StepType.Kind.CONNECTOR,
                connector.plugin().ref(),
                definition.connection() == null ? null : definition.id(),
                bindings.of(operation.input()).schema(),
                bindings.of(operation.output()).schema(),
                new OperationPerformer<>(connector, operation, connections));
    }

    private static void check(ConnectorDefinition definition) {
        var connection = definition.connection();
        if (connection != null && !ConnectionSettings.class.isAssignableFrom(connection)) {
            throw PluginException.invalid("The connection record of the connector " + definition.id()
                    + " must implement ConnectionSettings.");
        }
        if (definition.oauth() != null && (connection == null || !OAuthSettings.class.isAssignableFrom(connection))) {
            throw PluginException.invalid(
                    "The connection record of the connector " + definition.id() + " must implement OAuthSettings.");
        }
    }
}
