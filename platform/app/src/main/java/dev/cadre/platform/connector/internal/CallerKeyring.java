package dev.cadre.platform.connector.internal;

import dev.cadre.platform.connector.ConnectionException;
import dev.cadre.platform.secret.SecretUnreadable;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.spi.StepException;
import dev.cadre.spi.trigger.CallerKey;
import dev.cadre.spi.trigger.CallerKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads from connections what callers are checked by. */
@Component
public class CallerKeyring {

    private static final Logger log = LoggerFactory.getLogger(CallerKeyring.class);

    private final ConnectionStore store;
    private final InstalledConnectors connectors;
    private final OpenConnections connections;

    CallerKeyring(ConnectionStore store, InstalledConnectors connectors, OpenConnections connections) {
        this.store = store;
        this.connectors = connectors;
        this.connections = connections;
    }

    public long generation() {
        return store.generation();
    }

    public List<CallerKey> keys(OrganizationId organization, WorkflowId workflow, String nameOrId) {
        return store.find(organization, workflow, nameOrId).map(this::keys).orElse(List.of());
    }

    public List<CallerKey> keys(OrganizationId organization, @Nullable ProjectId project, String nameOrId) {
        return store.find(organization, project, nameOrId).map(this::keys).orElse(List.of());
    }

    private List<CallerKey> keys(ConnectionRow row) {
        try {
            var connector = connectors.of(row.type());
            var atWork = connector.plugin().atWork();
            atWork.begin();
            try {
                return connections.settings(connector, row) instanceof CallerKeys keys
                        ? List.copyOf(keys.keys())
                        : List.of();
            } finally {
                atWork.end();
            }
        } catch (ConnectionException | SecretUnreadable | StepException e) {
            log.warn("The connection {} can't check callers: {}", row.id(), e.getMessage());
            return List.of();
        }
    }
}
