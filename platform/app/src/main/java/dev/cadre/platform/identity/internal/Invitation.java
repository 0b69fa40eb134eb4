package dev.cadre.platform.identity.internal;

import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Instant;
import java.util.UUID;

/** That an organization has asked whoever reads an address to become its member. */
public record Invitation(
        UUID id,
        OrganizationId organization,
        String email,
        AssignedRole role,
        UserId invitedBy,
        Instant createdAt,
        Instant expiresAt) {}
