package dev.cadre.platform.identity.internal;

import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.OrganizationId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Says which sign-ins are good for an organization. What an organization's identity provider vouches for is good for that
 * one alone: whoever runs it could sign in as any of its people. And an organization may take no other sign-ins but of its
 * owners, who must get in when the provider is away.
 */
@Component
public class RequiredSso {

    /** An organization takes other sign-ins than before. */
    public record Changed(OrganizationId organization) {}

    private final JdbcClient jdbc;

    RequiredSso(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param vouchedBy whose identity provider the sign-in came from; empty for one by password */
    public boolean admits(OrganizationId organization, Role role, Optional<OrganizationId> vouchedBy) {
        return vouchedBy.isPresent()
                ? vouchedBy.get().equals(organization)
                : role == Role.OWNER || !isRequired(organization);
    }

    /** Whether people can come by an identity provider of the organization at all. */
    boolean hasProvider(OrganizationId organization) {
        return exists("select 1 from sso_provider where organization_id = ?", organization);
    }

    private boolean isRequired(OrganizationId organization) {
        return exists("select 1 from sso_provider where organization_id = ? and enforced", organization);
    }

    private boolean exists(String sql, OrganizationId organization) {
        return jdbc.sql(sql)
                .param(organization.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
