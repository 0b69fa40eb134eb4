package dev.cadre.platform.connector.internal;

import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.schema.RecordBinding;
import dev.cadre.spi.connector.ConnectorDefinition;
import java.util.Objects;

/** A connector that is loaded and running. */
record InstalledConnector(LoadedPlugin plugin, ConnectorDefinition definition, ConnectorRuntime runtime) {

    /** The binding of its connection record; only for connectors that have one. */
    RecordBinding<? extends Record> connection() {
        return plugin.bindings().of(Objects.requireNonNull(definition.connection()));
    }
}
