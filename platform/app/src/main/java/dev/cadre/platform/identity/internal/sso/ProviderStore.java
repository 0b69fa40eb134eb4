package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the identity provider of each organization; its secret is encrypted under that organization's key. */
@Component
class ProviderStore {

    private static final String PURPOSE = "sso/client-secret";

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final JsonMapper json;

    ProviderStore(JdbcClient jdbc, Secrets secrets, JsonMapper json) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.json = json;
    }

    Optional<Provider> find(OrganizationId organization) {
        return jdbc.sql("select * from sso_provider where organization_id = ?")
                .param(organization.value())
                .query(this::provider)
                .optional();
    }

    /** False where its revision is not the one that the given one follows. */
    boolean save(Provider provider) {
        var secret = provider.clientSecret();
        return jdbc.sql("""
                        insert into sso_provider as p (organization_id, issuer, client_id, client_secret, scopes, groups_claim,
                            group_roles, default_role, trusts_emails, enforced, required_methods, revision, used_at)
                        values (:organization, :issuer, :clientId, :secret, :scopes, :claim, cast(:roles as jsonb), :defaultRole,
                            :trusts, :enforced, :methods, :revision, :usedAt)
                        on conflict (organization_id) do update set issuer = :issuer, client_id = :clientId,
                            client_secret = :secret, scopes = :scopes, groups_claim = :claim,
                            group_roles = cast(:roles as jsonb), default_role = :defaultRole, trusts_emails = :trusts,
                            enforced = :enforced, required_methods = :methods, revision = :revision, used_at = :usedAt, updated_at = now()
                        where p.revision = :revision - 1""")
                        .param("organization", provider.organization().value())
                        .param("issuer", provider.issuer())
                        .param("clientId", provider.clientId())
                        .param(
                                "secret",
                                secret == null
                                        ? null
                                        : secrets.encrypt(
                                                provider.organization(),
                                                PURPOSE,
                                                secret.getBytes(StandardCharsets.UTF_8)))
                        .param("scopes", String.join(" ", provider.scopes()))
                        .param("claim", provider.groupsClaim())
                        .param("roles", json.writeValueAsString(provider.groupRoles()))
                        .param("defaultRole", provider.defaultRole())
                        .param("trusts", provider.trustsEmails())
                        .param("enforced", provider.enforced())
                        .param("methods", String.join(" ", provider.requiredMethods()))
                        .param("revision", provider.revision())
                        .param("usedAt", provider.usedAt() == null ? null : Timestamp.from(provider.usedAt()))
                        .update()
                == 1;
    }

    boolean remove(OrganizationId organization) {
        jdbc.sql("delete from sso_identity where organization_id = ?")
                .param(organization.value())
                .update();
        return jdbc.sql("delete from sso_provider where organization_id = ?")
                        .param(organization.value())
                        .update()
                == 1;
    }

    void used(Provider provider) {
        jdbc.sql("update sso_provider set used_at = now() where organization_id = ? and revision = ?")
                .param(provider.organization().value())
                .param(provider.revision())
                .update();
    }

    private Provider provider(ResultSet row, int number) throws SQLException {
        var organization = new OrganizationId(row.getObject("organization_id", UUID.class));
        var secret = row.getBytes("client_secret");
        var usedAt = row.getTimestamp("used_at");
        return new Provider(
                organization,
                row.getString("issuer"),
                row.getString("client_id"),
                secret == null
                        ? null
                        : new String(secrets.decrypt(organization, PURPOSE, secret), StandardCharsets.UTF_8),
                List.of(row.getString("scopes").split(" ")),
                row.getString("groups_claim"),
                List.of(json.readValue(row.getString("group_roles"), GroupRole[].class)),
                row.getString("default_role"),
                row.getBoolean("trusts_emails"),
                row.getBoolean("enforced"),
                Stream.of(row.getString("required_methods").split(" "))
                        .filter(method -> !method.isEmpty())
                        .toList(),
                row.getLong("revision"),
                usedAt == null ? null : usedAt.toInstant());
    }
}
