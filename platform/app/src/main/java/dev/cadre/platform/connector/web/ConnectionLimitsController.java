package dev.cadre.platform.connector.web;

import dev.cadre.platform.connector.ConnectionLimits;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.shared.ConnectionId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** How much steps may ask of a connection; what is over that waits. */
@Tag(name = "connections")
@RestController
class ConnectionLimitsController {

    /** Null is no limit. */
    record Limits(
            @Min(1) @Max(10_000) @Nullable Integer maxConcurrent,
            @Min(1) @Max(100_000) @Nullable Integer ratePerMinute) {

        static Limits of(ConnectionLimits.Limit limit) {
            return new Limits(limit.maxConcurrent(), limit.ratePerMinute());
        }
    }

    private final ConnectionLimits limits;

    ConnectionLimitsController(ConnectionLimits limits) {
        this.limits = limits;
    }

    @Requires(Permission.CONNECTION_READ)
    @GetMapping("/api/v1/connections/{id}/limits")
    Limits get(Caller caller, @PathVariable ConnectionId id) {
        return Limits.of(limits.get(caller.organization(), id));
    }

    @Requires(Permission.CONNECTION_EDIT)
    @PutMapping("/api/v1/connections/{id}/limits")
    Limits change(Caller caller, @PathVariable ConnectionId id, @Valid @RequestBody Limits body) {
        return Limits.of(limits.change(caller.organization(), id, body.maxConcurrent(), body.ratePerMinute()));
    }
}
