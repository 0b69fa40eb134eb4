package dev.cadre.platform.organization;

import org.jspecify.annotations.Nullable;

/**
 * A role that somebody has or may be given: a built-in one, or one that the organization has made.
 *
 * @param custom which one, for {@link Role#CUSTOM} only
 */
public record AssignedRole(Role role, @Nullable CustomRole custom) {

    public AssignedRole {
        if ((role == Role.CUSTOM) != (custom != null)) {
            throw new IllegalArgumentException("A custom role, and only that, names which one it is");
        }
    }

    public static AssignedRole of(Role builtIn) {
        return new AssignedRole(builtIn, null);
    }

    public static AssignedRole of(CustomRole custom) {
        return new AssignedRole(Role.CUSTOM, custom);
    }

    /** As a client writes it in a request: a built-in role's name, or a custom role's id. */
    public String text() {
        return custom == null ? role.text() : custom.id().toString();
    }

    /** As people read it. */
    public String name() {
        return custom == null ? role.text() : custom.name();
    }
}
