package dev.cadre.platform.connector.internal;

import dev.cadre.platform.connector.Connection;
import dev.cadre.platform.connector.Connection.Status;
import dev.cadre.platform.connector.ConnectionException;
import dev.cadre.platform.organization.Projects;
import dev.cadre.platform.organization.ProjectsChanged;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.spi.StepException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Creates, changes and shows connections. */
@Component
public class StoredConnections {

    private final ConnectionStore store;
    private final InstalledConnectors connectors;
    private final OpenConnections open;
    private final Projects projects;
    private final ApplicationEventPublisher events;

    StoredConnections(
            ConnectionStore store,
            InstalledConnectors connectors,
            OpenConnections open,
            Projects projects,
            ApplicationEventPublisher events) {
        this.projects = projects;
        this.events = events;
        this.store = store;
        this.connectors = connectors;
        this.open = open;
    }

    @Transactional
    public Connection create(
            OrganizationId organization,
            @Nullable ProjectId project,
            String name,
            String type,
            Map<String, Object> entered) {
        projects.hold(organization, project);
        var connector = connectors.of(type);
        var values = ConnectionValues.read(connector, entered, Map.of());
        var id = ConnectionId.create();
        var empty = new ConnectionRow(
                id,
                organization,
                name,
                type,
                values.settings(),
                new byte[0],
                null,
                1,
                project,
                Instant.EPOCH,
                Instant.EPOCH);
        try {
            store.insert(sealed(empty, name, values));
        } catch (DuplicateKeyException e) {
            throw ConnectionException.nameTaken(name);
        }
        var created = find(organization, id);
        events.publishEvent(Audited.of(organization, "connection.created", subject(created), facts(created)));
        return shown(created);
    }

    private static Subject subject(ConnectionRow row) {
        return Subject.of("connection", row.id(), row.name());
    }

    /** Which secrets there are and whether they are others than before, never what they are. */
    private Map<String, Object> facts(ConnectionRow row) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("name", row.name());
        facts.put("type", row.type());
        facts.put("settings", row.settings());
        facts.put("hidden", open.secrets(row).keySet().stream().sorted().toList());
        return facts;
    }

    @Transactional
    public Connection update(
            OrganizationId organization, ConnectionId id, int revision, String name, Map<String, Object> entered) {
        var row = find(organization, id);
        var factsBefore = facts(row);
        if (row.revision() != revision) {
            throw ConnectionException.stale();
        }
        var connector = connectors.of(row.type());
        var oauth = connector.definition().oauth();
        var kept = open.secrets(row);
        var values = ConnectionValues.read(connector, entered, kept);
        var before = before(connector, row);
        var astray = before == null
                ? kept.keySet().stream()
                        .filter(secret -> entered.get(secret) == null)
                        .toList()
                : values.astray(before, entered, kept, oauth);
        if (!astray.isEmpty()) {
            throw ConnectionException.secretsNeeded(List.copyOf(astray));
        }
        try {
            boolean keepTokens = before != null && values.keepsTokens(before, kept, oauth);
            if (!store.update(sealed(row, name, values), keepTokens)) {
                throw ConnectionException.stale();
            }
        } catch (DuplicateKeyException e) {
            throw ConnectionException.nameTaken(name);
        }
        var changed = find(organization, id);
        var facts = facts(changed);
        facts.put("hiddenChanged", !open.secrets(changed).equals(kept));
        events.publishEvent(Audited.changed(organization, "connection.changed", subject(changed), factsBefore, facts));
        return shown(changed);
    }

    /** To a project, or out of one (null). Steps of drafts and older versions that may not use it there fail from now on. */
    @Transactional
    public Connection move(OrganizationId organization, ConnectionId id, @Nullable ProjectId project) {
        projects.hold(organization, project);
        var before = find(organization, id);
        if (!Objects.equals(before.project(), project)) {
            events.publishEvent(Audited.changed(
                    organization,
                    "connection.moved",
                    Subject.of("connection", id, before.name()),
                    place(organization, before.project()),
                    place(organization, project)));
            store.move(organization, id, project);
            events.publishEvent(new ProjectsChanged(organization));
        }
        return shown(find(organization, id));
    }

    private Map<String, ?> place(OrganizationId organization, @Nullable ProjectId project) {
        return project == null
                ? Map.of()
                : Map.of(
                        "project",
                        Objects.requireNonNullElse(projects.name(organization, project), project.toString()));
    }

    @Transactional
    public void delete(OrganizationId organization, ConnectionId id) {
        var row = find(organization, id);
        if (!store.delete(organization, id)) {
            throw ConnectionException.notFound();
        }
        events.publishEvent(Audited.of(organization, "connection.deleted", subject(row)));
    }

    /** Without anything that must not be seen. */
    public Connection shown(ConnectionRow row) {
        boolean authorized = row.tokens() != null || !connectors.needsAuthorization(row.type());
        return new Connection(
                row.id(),
                row.name(),
                row.type(),
                row.settings(),
                open.secrets(row).keySet().stream().sorted().toList(),
                authorized ? Status.READY : Status.NEEDS_AUTHORIZATION,
                row.revision(),
                row.project(),
                row.createdAt(),
                row.updatedAt());
    }

    private ConnectionRow find(OrganizationId organization, ConnectionId id) {
        return store.find(organization, id).orElseThrow(ConnectionException::notFound);
    }

    /** What was stored; null when it does not fit the connector any more. */
    private @Nullable Record before(InstalledConnector connector, ConnectionRow row) {
        try {
            return open.settings(connector, row);
        } catch (StepException e) {
            return null;
        }
    }

    private ConnectionRow sealed(ConnectionRow row, String name, ConnectionValues values) {
        return new ConnectionRow(
                row.id(),
                row.organization(),
                name,
                row.type(),
                values.settings(),
                open.seal(row, values.secrets()),
                row.tokens(),
                row.revision(),
                row.project(),
                row.createdAt(),
                row.updatedAt());
    }
}
