package dev.cadre.platform.audit;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which event each operation that changes something leaves, and which leave none, with the reason. */
final class AuditedOperations {

    /** Done by {@link AuditedOperationsIT}. */
    static final Map<String, String> TOLD = new TreeMap<>(Map.ofEntries(
            Map.entry("accountChangeEmail", "user.email-change-requested"),
            Map.entry("accountChangePassword", "user.password-changed"),
            Map.entry("accountEndOtherSessions", "session.others-ended"),
            Map.entry("accountEndSession", "session.ended"),
            Map.entry("accountRename", "user.renamed"),
            Map.entry("accountSendVerification", "user.verification-requested"),
            Map.entry("approvalDecide", "approval.decided"),
            Map.entry("auditChangeRetention", "audit.retention-changed"),
            Map.entry("auditVerify", "audit.verified"),
            Map.entry("authenticationForgotPassword", "user.password-reset-requested"),
            Map.entry("authenticationLogin", "user.signed-in"),
            Map.entry("authenticationLogout", "user.signed-out"),
            Map.entry("authenticationRegister", "user.registered"),
            Map.entry("connectionChange", "connection.changed"),
            Map.entry("connectionCreate", "connection.created"),
            Map.entry("connectionDelete", "connection.deleted"),
            Map.entry("connectionLimitsChange", "connection.limits-changed"),
            Map.entry("connectionTest", "connection.tested"),
            Map.entry("deadLetterDiscard", "dead-letter.discarded"),
            Map.entry("deadLetterRetry", "dead-letter.retried"),
            Map.entry("decisionDecide", "task.decided"),
            Map.entry("eventMessage", "run.message-told"),
            Map.entry("eventSignal", "signal.told"),
            Map.entry("apiKeyChange", "api-key.changed"),
            Map.entry("apiKeyCreate", "api-key.created"),
            Map.entry("apiKeyRevoke", "api-key.revoked"),
            Map.entry("invitationAccept", "invitation.accepted"),
            Map.entry("invitationResend", "invitation.sent-again"),
            Map.entry("invitationRevoke", "invitation.withdrawn"),
            Map.entry("joiningJoin", "user.registered"),
            Map.entry("organizationDelete", "organization.deletion-requested"),
            Map.entry("organizationLeave", "member.left"),
            Map.entry("organizationRestore", "organization.restored"),
            Map.entry("organizationTransfer", "member.role-changed"),
            Map.entry("connectionMove", "connection.moved"),
            Map.entry("projectAdd", "project.member-added"),
            Map.entry("projectChange", "project.changed"),
            Map.entry("projectCreate", "project.created"),
            Map.entry("projectDelete", "project.deleted"),
            Map.entry("projectRemove", "project.member-removed"),
            Map.entry("securityRulesChange", "organization.security-changed"),
            Map.entry("workflowMove", "workflow.moved"),
            Map.entry("rateLimitChange", "rate-limits.changed"),
            Map.entry("retentionChange", "organization.retention-changed"),
            Map.entry("roleChange", "role.changed"),
            Map.entry("roleCreate", "role.created"),
            Map.entry("roleDelete", "role.deleted"),
            Map.entry("serviceAccountChange", "service-account.changed"),
            Map.entry("serviceAccountCreate", "service-account.created"),
            Map.entry("serviceAccountDelete", "service-account.deleted"),
            Map.entry("memberAdd", "member.added"),
            Map.entry("memberChange", "member.role-changed"),
            Map.entry("memberRemove", "member.removed"),
            Map.entry("migrationMigrate", "run.migrated"),
            Map.entry("organizationCreate", "organization.founded"),
            Map.entry("organizationRename", "organization.renamed"),
            Map.entry("organizationSwitchTo", "session.organization-chosen"),
            Map.entry("pluginDisable", "plugin.disabled"),
            Map.entry("pluginEnable", "plugin.enabled"),
            Map.entry("runCancel", "run.cancelled"),
            Map.entry("runPause", "run.paused"),
            Map.entry("runResume", "run.resumed"),
            Map.entry("runRetry", "run.retried"),
            Map.entry("schedulePause", "schedule.paused"),
            Map.entry("scheduleResume", "schedule.resumed"),
            Map.entry("secondFactorConfirm", "second-factor.enabled"),
            Map.entry("secondFactorDisable", "second-factor.disabled"),
            Map.entry("secondFactorEnrol", "second-factor.begun"),
            Map.entry("secondFactorNewRecoveryCodes", "second-factor.recovery-codes-renewed"),
            Map.entry("templateUse", "template.used"),
            Map.entry("triggerListen", "webhook.listening-begun"),
            Map.entry("triggerStopListening", "webhook.listening-ended"),
            Map.entry("workflowCreate", "workflow.created"),
            Map.entry("workflowDelete", "workflow.deleted"),
            Map.entry("workflowPublish", "workflow.published"),
            Map.entry("workflowRunRun", "run.started"),
            Map.entry("workflowRunTest", "step.tested"),
            Map.entry("workflowSave", "workflow.saved")));

    /** An event that another test looks for, where there is what the operation needs. */
    record Elsewhere(String action, String test) {}

    static final Map<String, Elsewhere> TOLD_ELSEWHERE = Map.ofEntries(
            Map.entry("authenticationVerifyEmail", new Elsewhere("user.email-verified", "identity/AccountIT")),
            Map.entry("authenticationResetPassword", new Elsewhere("user.password-reset", "identity/AccountIT")),
            Map.entry(
                    "connectionAuthorize",
                    new Elsewhere("connection.authorization-begun", "connector/AuthorizationIT")),
            Map.entry("encryptionKeyRotate", new Elsewhere("encryption-key.rotated", "secret/KeyRotationIT")),
            Map.entry("pluginInstall", new Elsewhere("plugin.installed", "plugin/PluginsIT")),
            Map.entry("pluginDelete", new Elsewhere("plugin.deleted", "plugin/PluginsIT")),
            Map.entry("privacyErase", new Elsewhere("user.erased", "identity/PrivacyIT")),
            Map.entry("ssoDomainClaim", new Elsewhere("sso.domain-claimed", "identity/internal/sso/SsoDomainsIT")),
            Map.entry("ssoDomainCheck", new Elsewhere("sso.domain-proven", "identity/internal/sso/SsoDomainsIT")),
            Map.entry("ssoDomainRelease", new Elsewhere("sso.domain-released", "identity/internal/sso/SsoDomainsIT")),
            Map.entry("ssoTakeUp", new Elsewhere("sso.signed-in", "identity/sso/SsoWaitingIT")),
            Map.entry("ssoSettingsPut", new Elsewhere("sso.changed", "identity/sso/SsoSetupIT")),
            Map.entry("ssoSettingsDelete", new Elsewhere("sso.removed", "identity/sso/SsoSetupIT")));

    /** Operations that are not GET and leave no event. */
    static final Map<String, String> SILENT = Map.of(
            "authenticationRefresh",
            "a sign-in goes on every quarter of an hour; a token that was used before is told (session.token-reused)",
            "joiningLook",
            "changes nothing",
            "migrationPreview",
            "changes nothing",
            "schedulePreview",
            "changes nothing",
            "ssoLoggedOut",
            "ends sign-ins, of which each is told (user.signed-out)",
            "ssoSettingsLink",
            "only begins; a connected identity is told (sso.identity-connected)",
            "ssoSettingsTest",
            "changes nothing",
            "workflowValidate",
            "changes nothing",
            "workflowValidateSaved",
            "changes nothing");

    /** Events of what is in no table, and what begins (a signal, a listening page) or only looks: there is nothing to commit them with. */
    static final Set<String> ALONE = Set.of(
            "audit.exported",
            "audit.verified",
            "connection.tested",
            "connection.used",
            "request.refused",
            "signal.told",
            "step.tested",
            "webhook.listening-begun",
            "webhook.listening-ended");

    private AuditedOperations() {}
}
