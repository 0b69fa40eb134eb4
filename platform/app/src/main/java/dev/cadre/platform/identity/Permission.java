package dev.cadre.platform.identity;

import dev.cadre.platform.organization.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One thing a caller may be allowed to do. */
public enum Permission {
    ORGANIZATION_READ(Role.VIEWER, "See the organization, its members and its roles. Everybody has it."),
    ORGANIZATION_MANAGE(Role.ADMIN, "Rename the organization."),
    ORGANIZATION_DELETE(Role.OWNER, "Delete the organization or hand it over to somebody else."),
    SSO_MANAGE(Role.OWNER, "Set up single sign-on, and so decide who can sign in as whom."),
    MEMBER_MANAGE(Role.ADMIN, "Invite people, change their roles and remove them."),
    ROLE_MANAGE(Role.ADMIN, "Make, change and delete roles."),
    PROJECT_ALL(Role.ADMIN, "See what belongs to any project, without being a member of it."),
    PROJECT_MANAGE(Role.ADMIN, "Make, change and delete projects and choose their members."),
    KEY_CREATE(Role.VIEWER, "Make API keys for oneself, that do no more than oneself may, and end them."),
    KEY_MANAGE(Role.ADMIN, "Make and end the organization's API keys and service accounts."),
    SECURITY_MANAGE(Role.ADMIN, "Change how people sign in, from where, and how long data is kept."),
    AUDIT_READ(
            Role.ADMIN,
            "Read and export the audit log. It tells of all projects: counts together with project:all only."),
    WORKFLOW_READ(Role.VIEWER, "See workflows, their versions and triggers."),
    WORKFLOW_EDIT(Role.MEMBER, "Make, change, test and delete workflows."),
    WORKFLOW_PUBLISH(Role.MEMBER, "Publish workflows, so that triggers run the new version."),
    SCHEDULE_MANAGE(Role.MEMBER, "Pause schedules and go on with them."),
    RUN_READ(Role.VIEWER, "See runs with their data, logs and open approvals."),
    RUN_EXECUTE(Role.MEMBER, "Start runs and send them messages and signals."),
    RUN_RETRY(Role.MEMBER, "Retry what has failed and decide about steps whose outcome is unknown."),
    RUN_CANCEL(Role.MEMBER, "Pause, resume and cancel runs."),
    RUN_MIGRATE(Role.MEMBER, "Move runs to another version of their workflow."),
    APPROVAL_DECIDE(Role.MEMBER, "Approve or reject what workflows and agents ask for."),
    CONNECTION_READ(Role.VIEWER, "See connections, never their secrets."),
    CONNECTION_EDIT(Role.MEMBER, "Make, change and delete connections."),
    PLUGIN_READ(Role.VIEWER, "See the plugins of this hub."),
    PLUGIN_MANAGE(Role.ADMIN, "Install, switch off and remove plugins, for everybody on this hub.", true),
    NODE_READ(Role.ADMIN, "See the nodes of this hub and how busy they are.", true);

    private final Role least;
    private final String description;
    private final boolean concernsInstallation;

    Permission(Role least, String description) {
        this(least, description, false);
    }

    Permission(Role least, String description, boolean concernsInstallation) {
        this.least = least;
        this.description = description;
        this.concernsInstallation = concernsInstallation;
    }

    /** What it allows, for people. */
    public String description() {
        return description;
    }

    /** Whether it reaches beyond the caller's organization: a role alone does not give it in every organization. */
    public boolean concernsInstallation() {
        return concernsInstallation;
    }

    /** What it counts together with only: the log of the organization names what is in any of its projects. */
    public Optional<Permission> companion() {
        return this == AUDIT_READ ? Optional.of(PROJECT_ALL) : Optional.empty();
    }

    /** Those of the given ones that count: whose companion is among them. */
    public static Set<Permission> counting(Set<Permission> given) {
        return given.stream()
                .filter(permission ->
                        permission.companion().map(given::contains).orElse(true))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a built-in role gives; nothing for a custom one. */
    public static Set<Permission> of(Role role) {
        var granted = EnumSet.noneOf(Permission.class);
        for (var permission : values()) {
            if (role.compareTo(permission.least) <= 0) {
                granted.add(permission);
            }
        }
        return granted;
    }

    /** The permission that clients write so; empty where there is none (any more). */
    public static Optional<Permission> of(String text) {
        return Arrays.stream(values())
                .filter(permission -> permission.text().equals(text))
                .findFirst();
    }

    /** As clients see it: {@code workflow:read}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }
}
