package dev.cadre.platform.connector.web;

import dev.cadre.platform.connector.Connection;
import dev.cadre.platform.connector.ConnectionException;
import dev.cadre.platform.connector.ConnectionType;
import dev.cadre.platform.connector.Connections;
import dev.cadre.platform.connector.internal.Authorizations;
import dev.cadre.platform.connector.internal.ConnectionStore;
import dev.cadre.platform.connector.internal.ConnectionTester;
import dev.cadre.platform.connector.internal.InstalledConnectors;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.web.IfMatch;
import dev.cadre.platform.shared.web.PageQuery;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The connections of the caller's organization. */
@Tag(name = "connections")
@RestController
@RequestMapping("/api/v1")
class ConnectionController {

    /** A name is what steps and agents write: no line breaks, no at sign. */
    record NewConnection(
            @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}@]+")
            String name,

            @NotBlank @Size(max = 64) String type,
            @NotNull Map<String, Object> values,
            @Nullable ProjectId projectId) {

        @Override
        public String toString() {
            return "NewConnection[" + name + "]";
        }
    }

    record ChangedConnection(
            @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}@]+")
            String name,

            @Nullable String type,
            @NotNull Map<String, Object> values) {

        @Override
        public String toString() {
            return "ChangedConnection[" + name + "]";
        }
    }

    record ShownConnection(
            ConnectionId id,
            String name,
            String type,
            Map<String, Object> values,
            List<String> hasSecrets,
            String status,
            @Nullable ProjectId projectId,
            Instant createdAt,
            Instant updatedAt) {

        static ShownConnection of(Connection connection) {
            return new ShownConnection(
                    connection.id(),
                    connection.name(),
                    connection.type(),
                    connection.values(),
                    connection.hasSecrets(),
                    connection.status() == Connection.Status.READY ? "ready" : "needs-authorization",
                    connection.projectId(),
                    connection.createdAt(),
                    connection.updatedAt());
        }
    }

    /** @param projectId null for the whole organization */
    record ConnectionMove(@Nullable ProjectId projectId) {}

    record Authorization(URI authorizationUrl) {}

    private final Connections connections;
    private final ConnectionStore store;
    private final InstalledConnectors connectors;
    private final ConnectionTester tester;
    private final Authorizations authorizations;
    private final ConsentCookie consents;

    ConnectionController(
            Connections connections,
            ConnectionStore store,
            InstalledConnectors connectors,
            ConnectionTester tester,
            Authorizations authorizations,
            ConsentCookie consents) {
        this.consents = consents;
        this.connections = connections;
        this.store = store;
        this.connectors = connectors;
        this.tester = tester;
        this.authorizations = authorizations;
    }

    @Requires(Permission.CONNECTION_READ)
    @GetMapping("/connection-types")
    PageOf<ConnectionType> types() {
        return new PageOf<>(connectors.types(), null);
    }

    @Requires(Permission.CONNECTION_READ)
    @GetMapping("/connections")
    PageOf<ShownConnection> list(
            Caller caller, @RequestParam(required = false) @Nullable ProjectId projectId, PageQuery page) {
        var after = page.isFirst() ? null : page.after().getFirst();
        var rows = connections.list(caller.organization(), projectId, after, page.rows());
        return page.page(rows.stream().map(ShownConnection::of).toList(), row -> List.of(row.name()));
    }

    @Requires(Permission.CONNECTION_EDIT)
    @PostMapping("/connections")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ShownConnection> create(Caller caller, @Valid @RequestBody NewConnection body) {
        var created = connections.create(
                caller.organization(), body.projectId(), body.name().strip(), body.type(), body.values());
        return ResponseEntity.created(URI.create("/api/v1/connections/" + created.id()))
                .eTag(IfMatch.tag(created.revision()))
                .body(ShownConnection.of(created));
    }

    @Requires(Permission.CONNECTION_READ)
    @GetMapping("/connections/{id}")
    ResponseEntity<ShownConnection> get(Caller caller, @PathVariable ConnectionId id) {
        return shown(connections.get(caller.organization(), id));
    }

    @Requires(Permission.CONNECTION_EDIT)
    @PutMapping("/connections/{id}")
    ResponseEntity<ShownConnection> change(
            Caller caller,
            @PathVariable ConnectionId id,
            Optional<IfMatch> match,
            @Valid @RequestBody ChangedConnection body) {
        var current = connections.get(caller.organization(), id);
        match.ifPresent(given -> given.check(current.revision()));
        if (body.type() != null && !body.type().equals(current.type())) {
            throw ConnectionException.typeChanged();
        }
        return shown(connections.update(
                caller.organization(), id, current.revision(), body.name().strip(), body.values()));
    }

    /** To a project, or out of one. Refused while live versions of workflows use it that could not use it there. */
    @Requires(Permission.CONNECTION_EDIT)
    @PutMapping("/connections/{id}/project")
    ResponseEntity<ShownConnection> move(
            Caller caller, @PathVariable ConnectionId id, @Valid @RequestBody ConnectionMove body) {
        return shown(connections.move(caller.organization(), id, body.projectId()));
    }

    @Requires(Permission.CONNECTION_EDIT)
    @DeleteMapping("/connections/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> delete(Caller caller, @PathVariable ConnectionId id, Optional<IfMatch> match) {
        var current = connections.get(caller.organization(), id);
        match.ifPresent(given -> given.check(current.revision()));
        connections.delete(caller.organization(), id);
        return ResponseEntity.noContent().build();
    }

    @Requires(Permission.CONNECTION_EDIT)
    @PostMapping("/connections/{id}/test")
    ConnectionTester.ConnectionCheck test(Caller caller, @PathVariable ConnectionId id) {
        return tester.test(store.find(caller.organization(), id).orElseThrow(ConnectionException::notFound));
    }

    /** The cookie ties the consent to this browser: another person's consent can't end up in this connection. */
    @Requires(Permission.CONNECTION_EDIT)
    @PostMapping("/connections/{id}/authorize")
    ResponseEntity<Authorization> authorize(Caller caller, @PathVariable ConnectionId id, HttpServletRequest request) {
        var started = authorizations.start(caller.organization(), caller.user(), id);
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, consents.given(started.browser(), request))
                .body(new Authorization(started.address()));
    }

    private static ResponseEntity<ShownConnection> shown(Connection connection) {
        return ResponseEntity.ok().eTag(IfMatch.tag(connection.revision())).body(ShownConnection.of(connection));
    }
}
