package dev.cadre.platform.connector.internal;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The outside systems that an organization is connected with, by type. */
@Component
class ConnectionProcessing implements ProcessedData {

    private static final int AT_ONCE = 500;

    private final ConnectionStore store;

    ConnectionProcessing(ConnectionStore store) {
        this.store = store;
    }

    @Override
    public List<Category> categories(OrganizationId organization) {
        return List.of(new Category(
                "Accounts of outside systems: address, user, secrets",
                "Whose account it is",
                "Working with those systems",
                "Until the connection is deleted",
                "Database of the hub, the secrets encrypted"));
    }

    @Override
    public List<Recipient> recipients(OrganizationId organization) {
        var hosts = new TreeMap<String, TreeSet<String>>();
        var batch = store.list(organization, null, null, AT_ONCE);
        while (!batch.isEmpty()) {
            batch.forEach(connection -> hosts(connection.settings())
                    .forEach(hosts.computeIfAbsent(connection.type(), type -> new TreeSet<>())::add));
            batch = store.list(organization, null, batch.getLast().name(), AT_ONCE);
        }
        return hosts.entrySet().stream()
                .map(type -> new Recipient(
                        "connection",
                        type.getKey(),
                        type.getValue().isEmpty() ? null : String.join(", ", type.getValue()),
                        "What workflows send with it"))
                .toList();
    }

    @Override
    public List<String> measures(OrganizationId organization) {
        return List.of("Passwords and tokens of connections are encrypted under a key of the organization's own.");
    }

    private static Stream<String> hosts(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .filter(field -> field.getValue() instanceof String)
                .map(field -> {
                    var text = field.getValue().toString();
                    return field.getKey().equals("host") ? text : ProcessedData.host(text);
                })
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(host -> !host.isBlank());
    }
}
