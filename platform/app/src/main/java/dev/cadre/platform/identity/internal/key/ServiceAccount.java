package dev.cadre.platform.identity.internal.key;

import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.shared.UserId;
import java.time.Instant;

/** A member of an organization that is a program: it has a role and keys, but no password and no mail. */
public record ServiceAccount(
        UserId id,
        String name,
        String description,
        AssignedRole role,
        UserId createdBy,
        Instant createdAt,
        long revision) {}
