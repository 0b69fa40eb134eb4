package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Instant;

/** That a user belongs to an organization, and in which role. */
public record Membership(
        OrganizationId organization, String organizationName, UserId user, Role role, Instant joinedAt) {}
