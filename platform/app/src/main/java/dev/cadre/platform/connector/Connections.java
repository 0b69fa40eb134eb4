package dev.cadre.platform.connector;

import dev.cadre.platform.connector.internal.ConnectionStore;
import dev.cadre.platform.connector.internal.StoredConnections;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** An organization's connections. Secrets go in and never come out. */
@Service
public class Connections {

    private final ConnectionStore store;
    private final StoredConnections stored;
    private final ApplicationEventPublisher events;

    Connections(ConnectionStore store, StoredConnections stored, ApplicationEventPublisher events) {
        this.store = store;
        this.stored = stored;
        this.events = events;
    }

    /**
     * Whether a step may name this connection: by id or name, of the type that the step needs.
     *
     * @param project that the step's workflow belongs to; null for the whole organization
     */
    public boolean exists(OrganizationId organization, @Nullable ProjectId project, String nameOrId, String type) {
        return store.find(organization, project, nameOrId)
                .filter(row -> row.type().equals(type))
                .isPresent();
    }

    /** Sorted by name, those behind {@code after}; only those of the project unless it is null. */
    public List<Connection> list(
            OrganizationId organization, @Nullable ProjectId project, @Nullable String after, int limit) {
        return store.list(organization, project, after, limit).stream()
                .map(stored::shown)
                .toList();
    }

    public Connection get(OrganizationId organization, ConnectionId id) {
        return stored.shown(store.find(organization, id).orElseThrow(ConnectionException::notFound));
    }

    /** @param project that it belongs to; null for the whole organization */
    public Connection create(
            OrganizationId organization,
            @Nullable ProjectId project,
            String name,
            String type,
            Map<String, Object> values) {
        return stored.create(organization, project, name, type, values);
    }

    /** To a project, or out of one (null). Refused (409) while live versions of workflows use it that may not use it there. */
    public Connection move(OrganizationId organization, ConnectionId id, @Nullable ProjectId project) {
        var before = get(organization, id);
        if (!Objects.equals(before.projectId(), project)) {
            events.publishEvent(
                    new ConnectionMoveRequested(organization, id, before.name(), before.projectId(), project));
        }
        return stored.move(organization, id, project);
    }

    /** A workflow belongs somewhere else now, and may use others. */
    public void changed() {
        store.changed();
    }

    /** Secrets that {@code values} leaves out stay, unless the connection's addresses change. */
    public Connection update(
            OrganizationId organization, ConnectionId id, int revision, String name, Map<String, Object> values) {
        return stored.update(organization, id, revision, name, values);
    }

    public void delete(OrganizationId organization, ConnectionId id) {
        stored.delete(organization, id);
    }
}
