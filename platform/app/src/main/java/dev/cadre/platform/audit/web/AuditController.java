package dev.cadre.platform.audit.web;

import dev.cadre.platform.audit.AuditChains;
import dev.cadre.platform.audit.AuditException;
import dev.cadre.platform.audit.AuditRetention;
import dev.cadre.platform.audit.internal.AuditRows;
import dev.cadre.platform.audit.internal.AuditRows.Filter;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.FewAtOnce;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.web.IfMatch;
import dev.cadre.platform.shared.web.PageQuery;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log of who did what in the caller's organization. */
@Tag(name = "audit")
@RestController
class AuditController {

    /** An end of the log that somebody has kept: the log must still hold it. */
    record VerificationInput(
            @Min(1) @Nullable Long position,

            @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hexadecimal digits") @Nullable
            String hash) {

        /** Half of one would look as if it had been found. */
        private AuditChains.@Nullable ChainEnd end() {
            if ((position == null) != (hash == null)) {
                throw AuditException.halfAnEnd();
            }
            return position == null || hash == null ? null : new AuditChains.ChainEnd(position, hash);
        }
    }

    record AuditRetentionDays(
            @NotNull @Min(AuditRetention.LEAST_DAYS) @Max(AuditRetention.MOST_DAYS)
            Integer days) {}

    /** A long log is read for minutes. */
    private final FewAtOnce verifying = new FewAtOnce(2);

    private final AuditRows rows;
    private final EventViews views;
    private final AuditChains chains;
    private final AuditRetention retention;
    private final ApplicationEventPublisher events;

    AuditController(
            AuditRows rows,
            EventViews views,
            AuditChains chains,
            AuditRetention retention,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.views = views;
        this.chains = chains;
        this.retention = retention;
        this.events = events;
    }

    /** Newest first. {@code action} is one of them, as {@code member.removed}, or what they begin with, as {@code member}. */
    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/audit-events")
    PageOf<AuditEvent> list(
            Caller caller,
            PageQuery page,
            @RequestParam(required = false) @Nullable UUID actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var before = page.isFirst()
                ? Optional.<UUID>empty()
                : Optional.of(UUID.fromString(page.after().getFirst()));
        var found = rows.list(caller.organization(), filter(actor, action, from, to), before, page.rows());
        return page.page(views.of(found), event -> List.of(event.id().toString()));
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/audit-events/{id}")
    AuditEvent get(Caller caller, @PathVariable UUID id) {
        return views.of(List.of(rows.find(caller.organization(), id).orElseThrow(AuditException::notFound)))
                .getFirst();
    }

    /** Whether the log is as the hub wrote it. Keep the {@code end} that it answers: it proves that nothing before went away. */
    @Requires(Permission.AUDIT_READ)
    @PostMapping("/api/v1/audit-verifications")
    AuditChains.ChainReport verify(
            Caller caller, @Valid @RequestBody(required = false) @Nullable VerificationInput body) {
        var known = body == null ? null : body.end();
        var report = verifying.run(caller.organization(), () -> chains.verify(caller.organization(), known));
        events.publishEvent(Audited.of(
                caller.organization(),
                "audit.verified",
                Subject.of("audit-log", caller.organization(), null),
                Map.of("intact", report.intact(), "checked", report.checked())));
        return report;
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/audit-retention")
    ResponseEntity<AuditRetentionDays> retention(Caller caller) {
        return answer(retention.of(caller.organization()));
    }

    /** Older events are deleted within the hour; what is left still proves itself. */
    @Requires(Permission.SECURITY_MANAGE)
    @PutMapping("/api/v1/audit-retention")
    ResponseEntity<AuditRetentionDays> changeRetention(
            Caller caller, @Parameter(hidden = true) IfMatch match, @Valid @RequestBody AuditRetentionDays body) {
        var current = retention.of(caller.organization());
        match.check(current.revision());
        return answer(retention
                .change(caller.organization(), body.days(), current.revision())
                .orElseThrow(IfMatch::stale));
    }

    private static ResponseEntity<AuditRetentionDays> answer(AuditRetention.Kept kept) {
        return ResponseEntity.ok().eTag(IfMatch.tag(kept.revision())).body(new AuditRetentionDays(kept.days()));
    }

    static Filter filter(@Nullable UUID actor, @Nullable String action, @Nullable Instant from, @Nullable Instant to) {
        return new Filter(actor, action == null || action.isBlank() ? null : action.strip(), from, to);
    }
}
