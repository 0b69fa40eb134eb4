package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.internal.limit.LimitSettings;
import dev.cadre.platform.identity.internal.limit.OrganizationLimits;
import dev.cadre.platform.shared.web.IfMatch;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How many requests a minute the caller's organization allows. */
@Tag(name = "organizations")
@RestController
@RequestMapping("/api/v1/rate-limits")
class RateLimitController {

    /** {@code eachCaller}: null for the hub's usual limit; {@code allCallers}: null for none. */
    record LimitsInput(
            @Nullable Integer eachCaller, @Nullable Integer allCallers) {}

    /** {@code usual} counts where {@code eachCaller} is null; {@code most} is the most that it may be. */
    record LimitsView(
            @Nullable Integer eachCaller, @Nullable Integer allCallers, int usual, int most) {}

    private final OrganizationLimits limits;
    private final LimitSettings settings;

    RateLimitController(OrganizationLimits limits, LimitSettings settings) {
        this.limits = limits;
        this.settings = settings;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping
    ResponseEntity<LimitsView> get(Caller caller) {
        return answer(limits.said(caller.organization()));
    }

    @Requires(Permission.ORGANIZATION_MANAGE)
    @PutMapping
    ResponseEntity<LimitsView> change(
            Caller caller, @Parameter(hidden = true) Optional<IfMatch> ifMatch, @Valid @RequestBody LimitsInput body) {
        long revision = limits.said(caller.organization()).revision();
        ifMatch.ifPresent(match -> match.check(revision));
        return answer(limits.change(caller.organization(), body.eachCaller(), body.allCallers(), revision)
                .orElseThrow(IfMatch::stale));
    }

    private ResponseEntity<LimitsView> answer(OrganizationLimits.Said said) {
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(said.revision()))
                .body(new LimitsView(
                        said.eachCaller(), said.allCallers(), settings.perMinute(), settings.maxPerMinute()));
    }
}
