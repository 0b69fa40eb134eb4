package dev.cadre.platform.run.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.run.RetentionSettings;
import dev.cadre.platform.run.RunRetention;
import dev.cadre.platform.shared.web.IfMatch;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** How long the caller's organization keeps runs that have ended, failed ones and what they logged. */
@Tag(name = "organizations")
@RestController
class RetentionController {

    /** In days; null for as long as the operator of the hub says, which is also the longest. */
    record RetentionInput(
            @Nullable @Min(RunRetention.LEAST_DAYS) @Max(RunRetention.MOST_DAYS)
            Integer runs,

            @Nullable @Min(RunRetention.LEAST_DAYS) @Max(RunRetention.MOST_DAYS)
            Integer deadLetters,

            @Nullable @Min(RunRetention.LEAST_DAYS) @Max(RunRetention.MOST_DAYS)
            Integer logs) {}

    /**
     * How long one of them is kept.
     *
     * @param days what the organization has said; null for nothing
     * @param inForce what holds, as an ISO 8601 time; null for ever
     * @param operator what the operator of the hub has said, the longest that may be asked for; null for ever
     */
    record KeptFor(
            @Nullable Integer days,
            @Nullable String inForce,
            @Nullable String operator) {

        static KeptFor of(@Nullable Integer days, Optional<Duration> operator) {
            return new KeptFor(
                    days,
                    RunRetention.inForce(days, operator).map(KeptFor::text).orElse(null),
                    operator.map(KeptFor::text).orElse(null));
        }

        private static String text(Duration time) {
            return time.equals(Duration.ofDays(time.toDays())) ? "P" + time.toDays() + "D" : time.toString();
        }
    }

    record ShownRetention(KeptFor runs, KeptFor deadLetters, KeptFor logs) {}

    private final RunRetention retention;
    private final RetentionSettings settings;

    RetentionController(RunRetention retention, RetentionSettings settings) {
        this.retention = retention;
        this.settings = settings;
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/retention")
    ResponseEntity<ShownRetention> read(Caller caller) {
        return answer(retention.of(caller.organization()));
    }

    /** What is older is deleted within the hour, for good. */
    @Requires(Permission.SECURITY_MANAGE)
    @PutMapping("/api/v1/retention")
    ResponseEntity<ShownRetention> change(Caller caller, IfMatch match, @Valid @RequestBody RetentionInput body) {
        var current = retention.of(caller.organization());
        match.check(current.revision());
        var days = new RunRetention.Days(body.runs(), body.deadLetters(), body.logs());
        return answer(retention
                .change(caller.organization(), days, current.revision())
                .orElseThrow(IfMatch::stale));
    }

    private ResponseEntity<ShownRetention> answer(RunRetention.Said said) {
        var days = said.days();
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(said.revision()))
                .body(new ShownRetention(
                        KeptFor.of(days.runs(), settings.keepRuns()),
                        KeptFor.of(days.deadLetters(), settings.keepDeadLetters()),
                        KeptFor.of(days.logs(), settings.keepLogs())));
    }
}
