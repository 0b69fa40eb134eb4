package dev.cadre.platform.connector.internal;

import dev.cadre.platform.connector.ConnectionException;
import dev.cadre.platform.connector.ConnectionType;
import dev.cadre.platform.plugin.PluginException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Every connector that is enabled at this moment, by its id. */
@Component
public class InstalledConnectors {

    private final Map<String, InstalledConnector> connectors = new ConcurrentHashMap<>();

    /** The connector whose id is a connection's type. */
    InstalledConnector of(String type) {
        var found = connectors.get(type);
        if (found == null || found.definition().connection() == null) {
            throw ConnectionException.unknownType(type);
        }
        return found;
    }

    boolean needsAuthorization(String type) {
        var found = connectors.get(type);
        return found != null && found.definition().oauth() != null;
    }

    /** The kinds of connections that can be made, by title. */
    public List<ConnectionType> types() {
        return connectors.values().stream()
                .filter(one -> one.definition().connection() != null)
                .map(InstalledConnectors::type)
                .sorted(Comparator.comparing(ConnectionType::title))
                .toList();
    }

    void add(InstalledConnector connector) {
        var id = connector.definition().id();
        var other = connectors.putIfAbsent(id, connector);
        if (other != null) {
            throw PluginException.invalid("The connector " + id + " is already brought by the plugin "
                    + other.plugin().ref().id() + ".");
        }
    }

    /** Those of a plugin; they are gone from here afterwards. */
    List<InstalledConnector> removeAll(String pluginId) {
        var removed = connectors.values().stream()
                .filter(one -> one.plugin().ref().id().equals(pluginId))
                .toList();
        removed.forEach(one -> connectors.remove(one.definition().id(), one));
        return removed;
    }

    private static ConnectionType type(InstalledConnector connector) {
        var definition = connector.definition();
        return new ConnectionType(
                definition.id(),
                definition.title(),
                definition.description(),
                definition.icon(),
                connector.connection().schema(),
                definition.oauth() != null);
    }
}
