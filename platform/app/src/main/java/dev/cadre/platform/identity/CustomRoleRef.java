package dev.cadre.platform.identity;

import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.CustomRole;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which custom role somebody has: in an answer beside {@code role} that is "custom". */
public record CustomRoleRef(UUID id, String name) {

    /** Null for a built-in role. */
    public static @Nullable CustomRoleRef of(AssignedRole role) {
        return of(role.custom());
    }

    public static @Nullable CustomRoleRef of(@Nullable CustomRole custom) {
        return custom == null ? null : new CustomRoleRef(custom.id(), custom.name());
    }
}
