package dev.cadre.platform.identity;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A ready-made set of permissions that an organization can make a role of. */
public enum RolePreset {
    OPERATOR(
            "Operator",
            "Keeps workflows running: starts, retries, approves and pauses, but does not change them.",
            EnumSet.of(
                    Permission.ORGANIZATION_READ,
                    Permission.WORKFLOW_READ,
                    Permission.SCHEDULE_MANAGE,
                    Permission.RUN_READ,
                    Permission.RUN_EXECUTE,
                    Permission.RUN_RETRY,
                    Permission.RUN_CANCEL,
                    Permission.APPROVAL_DECIDE,
                    Permission.CONNECTION_READ,
                    Permission.PLUGIN_READ)),
    BUILDER(
            "Builder",
            "Draws and tests workflows; somebody else publishes them.",
            EnumSet.of(
                    Permission.ORGANIZATION_READ,
                    Permission.WORKFLOW_READ,
                    Permission.WORKFLOW_EDIT,
                    Permission.RUN_READ,
                    Permission.RUN_EXECUTE,
                    Permission.CONNECTION_READ,
                    Permission.PLUGIN_READ)),
    APPROVER(
            "Approver",
            "Decides what workflows and agents ask for.",
            EnumSet.of(
                    Permission.ORGANIZATION_READ,
                    Permission.WORKFLOW_READ,
                    Permission.RUN_READ,
                    Permission.APPROVAL_DECIDE)),
    AUDITOR(
            "Auditor",
            "Sees everything, the audit log too, and changes nothing.",
            EnumSet.of(
                    Permission.ORGANIZATION_READ,
                    Permission.PROJECT_ALL,
                    Permission.AUDIT_READ,
                    Permission.WORKFLOW_READ,
                    Permission.RUN_READ,
                    Permission.CONNECTION_READ,
                    Permission.PLUGIN_READ));

    private final String title;
    private final String description;
    private final EnumSet<Permission> permissions;

    RolePreset(String title, String description, EnumSet<Permission> permissions) {
        this.title = title;
        this.description = description;
        this.permissions = permissions;
    }

    /** The name that the role gets unless somebody chooses another. */
    public String title() {
        return title;
    }

    public String description() {
        return description;
    }

    public Set<Permission> permissions() {
        return EnumSet.copyOf(permissions);
    }

    /** As clients see it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
