package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.Roles;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.CustomRoleRemoved;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.Ids;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of invitations. */
@Component
class InvitationRows {

    /** How long one that has run out is still listed, so that it can be sent again. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final String COLUMNS = "id, organization_id, email, role, invited_by, created_at, expires_at";

    private final JdbcClient jdbc;
    private final Roles roles;

    InvitationRows(JdbcClient jdbc, Roles roles) {
        this.jdbc = jdbc;
        this.roles = roles;
    }

    /** Empty where the address is invited already. */
    Optional<Invitation> add(
            OrganizationId organization, String email, AssignedRole role, UserId by, String token, Duration lifetime) {
        return jdbc.sql("""
                        insert into invitation (id, organization_id, email, role, hash, invited_by, expires_at)
                        values (:id, :organization, :email, :role, :hash, :by, now() + make_interval(secs => :lifetime))
                        on conflict (organization_id, email) do nothing returning %s""".formatted(COLUMNS))
                .param("id", Ids.create())
                .param("organization", organization.value())
                .param("email", email)
                .param("role", role.text())
                .param("hash", Tokens.hash(token))
                .param("by", by.value())
                .param("lifetime", lifetime.toSeconds())
                .query(InvitationRows::row)
                .optional()
                .map(this::invitation);
    }

    /** With a new link, for as long again; the one before does not work any more. */
    Optional<Invitation> renew(OrganizationId organization, UUID id, String token, Duration lifetime) {
        return jdbc.sql("""
                        update invitation set hash = :hash, expires_at = now() + make_interval(secs => :lifetime)
                        where id = :id and organization_id = :organization returning %s""".formatted(COLUMNS))
                .param("hash", Tokens.hash(token))
                .param("lifetime", lifetime.toSeconds())
                .param("id", id)
                .param("organization", organization.value())
                .query(InvitationRows::row)
                .optional()
                .map(this::invitation);
    }

    Optional<Invitation> delete(OrganizationId organization, UUID id) {
        return jdbc.sql("delete from invitation where id = ? and organization_id = ? returning " + COLUMNS)
                .param(id)
                .param(organization.value())
                .query(InvitationRows::row)
                .optional()
                .map(this::invitation);
    }

    Optional<Invitation> find(OrganizationId organization, UUID id) {
        return jdbc.sql("select " + COLUMNS + " from invitation where id = ? and organization_id = ?")
                .param(id)
                .param(organization.value())
                .query(InvitationRows::row)
                .optional()
                .map(this::invitation);
    }

    /** The newest first, behind the given one. */
    List<Invitation> list(OrganizationId organization, Optional<UUID> after, int limit) {
        return jdbc
                .sql("select " + COLUMNS + """
                         from invitation where organization_id = :organization
                        and (cast(:after as uuid) is null or id < :after) order by id desc limit :limit""")
                .param("organization", organization.value())
                .param("after", after.orElse(null))
                .param("limit", limit)
                .query(InvitationRows::row)
                .list()
                .stream()
                .map(this::invitation)
                .toList();
    }

    Optional<Invitation> living(String token) {
        return jdbc.sql("select " + COLUMNS + " from invitation where hash = ? and expires_at > now()")
                .param(Tokens.hash(token))
                .query(InvitationRows::row)
                .optional()
                .map(this::invitation);
    }

    /** Uses the link up: of two at once one gets it. */
    Optional<Invitation> take(String token) {
        return jdbc.sql("delete from invitation where hash = ? and expires_at > now() returning " + COLUMNS)
                .param(Tokens.hash(token))
                .query(InvitationRows::row)
                .optional()
                .map(this::invitation);
    }

    /** Whoever was invited into a role that goes gets what its members get, or is not invited any more. */
    @EventListener
    void on(CustomRoleRemoved removed) {
        var successor = removed.successor();
        if (successor == null) {
            jdbc.sql("delete from invitation where organization_id = ? and role = ?")
                    .param(removed.organization().value())
                    .param(removed.role().toString())
                    .update();
        } else {
            jdbc.sql("update invitation set role = ? where organization_id = ? and role = ?")
                    .param(successor.text())
                    .param(removed.organization().value())
                    .param(removed.role().toString())
                    .update();
        }
    }

    int sweep(int most) {
        return jdbc.sql("""
                        delete from invitation where id in (select id from invitation
                        where expires_at < now() - make_interval(secs => ?) limit ? for update skip locked)""").param(KEPT.toSeconds()).param(most).update();
    }

    private record Row(
            UUID id,
            UUID organization,
            String email,
            String role,
            UUID invitedBy,
            Instant createdAt,
            Instant expiresAt) {}

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getString("email"),
                row.getString("role"),
                row.getObject("invited_by", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    /** When the row is read: looking for its role takes a connection of its own. */
    private Invitation invitation(Row row) {
        var organization = new OrganizationId(row.organization());
        return new Invitation(
                row.id(),
                organization,
                row.email(),
                roles.find(organization, row.role()).orElse(AssignedRole.of(Role.VIEWER)),
                new UserId(row.invitedBy()),
                row.createdAt(),
                row.expiresAt());
    }
}
