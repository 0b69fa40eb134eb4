package dev.cadre.platform.identity;

import dev.cadre.platform.organization.Role;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** One thing a caller may be allowed to do. */
public enum Permission {
    ORGANIZATION_READ(Role.VIEWER),
    ORGANIZATION_MANAGE(Role.ADMIN),
    ORGANIZATION_DELETE(Role.OWNER),
    WORKFLOW_READ(Role.VIEWER),
    WORKFLOW_EDIT(Role.MEMBER),
    RUN_READ(Role.VIEWER),
    RUN_EXECUTE(Role.MEMBER),
    APPROVAL_DECIDE(Role.MEMBER),
    CONNECTION_READ(Role.VIEWER),
    CONNECTION_EDIT(Role.MEMBER),
    PLUGIN_READ(Role.VIEWER),
    PLUGIN_MANAGE(Role.ADMIN, true),
    NODE_READ(Role.ADMIN);

    private final Role least;
    private final boolean concernsInstallation;

    Permission(Role least) {
        this(least, false);
    }

    Permission(Role least, boolean concernsInstallation) {
        this.least = least;
        this.concernsInstallation = concernsInstallation;
    }

    /** Whether it reaches beyond the caller's organization: a role alone does not give it in every organization. */
    public boolean concernsInstallation() {
        return concernsInstallation;
    }

    public static Set<Permission> of(Role role) {
        var granted = EnumSet.noneOf(Permission.class);
        for (var permission : values()) {
            if (role.compareTo(permission.least) <= 0) {
                granted.add(permission);
            }
        }
        return granted;
    }

    /** As clients see it: {@code workflow:read}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }
}
