package dev.cadre.platform.identity.internal.key;

import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys in the database. */
@Component
class KeyRows {

    /** What is needed to know whoever shows the key. */
    record Shown(ApiKey key, byte[] hash) {}

    /** A key that is about to be. */
    record New(
            UUID id,
            OrganizationId organization,
            UserId owner,
            byte[] hash,
            String hint,
            NewKeyRules.Accepted accepted,
            UserId by,
            Instant at) {}

    /** A key was used then, from there. */
    record Use(UUID key, Instant at, String from) {}

    private static final String SELECT = """
            select k.id, k.organization_id, k.user_id, k.name, k.hint, k.scopes, k.allowed_addresses, k.created_by, k.created_at,
                k.expires_at, k.last_used_at, k.last_used_from, k.revision, k.hash, u.name as owner_name, u.kind
            from api_key k join user_account u on u.id = k.user_id
            """;

    private final JdbcClient jdbc;

    KeyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(New key) {
        jdbc.sql("""
                        with owned as (insert into owner_of_key (key_id, organization_id, user_id)
                          values (:id, :organization, :owner))
                        insert into api_key (id, organization_id, user_id, name, hash, hint, scopes, allowed_addresses, created_by,
                            created_at, expires_at)
                        values (:id, :organization, :owner, :name, :hash, :hint, :scopes, :addresses, :by, :at, :expires)""")
                .param("id", key.id())
                .param("organization", key.organization().value())
                .param("owner", key.owner().value())
                .param("name", key.accepted().name())
                .param("hash", key.hash())
                .param("hint", key.hint())
                .param(
                        "scopes",
                        key.accepted().scopes().stream().map(Permission::text).toArray(String[]::new))
                .param("addresses", key.accepted().allowedAddresses().toArray(String[]::new))
                .param("by", key.by().value())
                .param("at", key.at().atOffset(ZoneOffset.UTC))
                .param("expires", key.accepted().expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Keys behind the given one in the order of their making, of one owner or of all. */
    List<ApiKey> list(OrganizationId organization, Optional<UserId> owner, Optional<UUID> after, int limit) {
        return jdbc.sql(SELECT + """
                        where k.organization_id = :organization and (:owner::uuid is null or k.user_id = :owner::uuid)
                            and k.id > :after
                        order by k.id limit :limit""")
                .param("organization", organization.value())
                .param("owner", owner.map(UserId::value).orElse(null))
                .param("after", after.orElse(new UUID(0, 0)))
                .param("limit", limit)
                .query(KeyRows::key)
                .list();
    }

    Optional<ApiKey> find(OrganizationId organization, UUID id) {
        return jdbc.sql(SELECT + "where k.organization_id = ? and k.id = ?")
                .param(organization.value())
                .param(id)
                .query(KeyRows::key)
                .optional();
    }

    Optional<Shown> shown(UUID id) {
        return jdbc.sql(SELECT + "where k.id = ?")
                .param(id)
                .query((row, number) -> new Shown(key(row, number), row.getBytes("hash")))
                .optional();
    }

    /** How many keys somebody has; waits for whoever is just making one for the same owner. */
    int count(OrganizationId organization, UserId owner) {
        jdbc.sql("select 1 from user_account where id = ? for update")
                .param(owner.value())
                .query(Integer.class)
                .optional();
        return jdbc.sql("select count(*) from api_key where organization_id = ? and user_id = ?")
                .param(organization.value())
                .param(owner.value())
                .query(Integer.class)
                .single();
    }

    /** False where somebody else has changed it since that revision. */
    boolean update(ApiKey key, String name, List<String> allowedAddresses) {
        return jdbc.sql("""
                        update api_key set name = ?, allowed_addresses = ?, revision = revision + 1
                        where organization_id = ? and id = ? and revision = ?""")
                        .param(name)
                        .param(allowedAddresses.toArray(String[]::new))
                        .param(key.organization().value())
                        .param(key.id())
                        .param(key.revision())
                        .update()
                == 1;
    }

    boolean delete(OrganizationId organization, UUID id) {
        return jdbc.sql("delete from api_key where organization_id = ? and id = ?")
                        .param(organization.value())
                        .param(id)
                        .update()
                == 1;
    }

    List<UUID> deleteAll(OrganizationId organization, UserId owner) {
        return jdbc.sql("delete from api_key where organization_id = ? and user_id = ? returning id")
                .param(organization.value())
                .param(owner.value())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** A key that is gone. */
    record Gone(UUID id, OrganizationId organization, String name) {}

    List<Gone> deleteAllOf(UserId user) {
        return jdbc.sql("""
                        delete from api_key where user_id = :user or created_by = :user returning id, organization_id, name""")
                .param("user", user.value())
                .query((row, number) -> new Gone(
                        row.getObject(1, UUID.class),
                        new OrganizationId(row.getObject(2, UUID.class)),
                        row.getString(3)))
                .list();
    }

    /** At most once a minute a key, whatever the number of nodes. */
    void used(List<Use> uses) {
        jdbc.sql("""
                        update api_key k set last_used_at = u.at, last_used_from = u.address
                        from unnest(:ids::uuid[], :times::timestamptz[], :addresses::text[]) as u (id, at, address)
                        where k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at - interval '59 seconds')""")
                .param("ids", uses.stream().map(Use::key).toArray(UUID[]::new))
                .param("times", uses.stream().map(use -> use.at().toString()).toArray(String[]::new))
                .param("addresses", uses.stream().map(Use::from).toArray(String[]::new))
                .update();
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        var used = row.getTimestamp("last_used_at");
        return new ApiKey(
                row.getObject("id", UUID.class),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                new ApiKey.Owner(
                        new UserId(row.getObject("user_id", UUID.class)),
                        row.getString("owner_name"),
                        row.getString("kind").equals("service-account")),
                row.getString("name"),
                row.getString("hint"),
                scopes((String[]) row.getArray("scopes").getArray()),
                List.of((String[]) row.getArray("allowed_addresses").getArray()),
                new UserId(row.getObject("created_by", UUID.class)),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                used == null ? null : used.toInstant(),
                row.getString("last_used_from"),
                row.getLong("revision"));
    }

    /** A scope that is no permission any more gives nothing. */
    private static Set<Permission> scopes(String[] texts) {
        var scopes = EnumSet.noneOf(Permission.class);
        Arrays.stream(texts).map(Permission::of).flatMap(Optional::stream).forEach(scopes::add);
        return scopes;
    }
}
