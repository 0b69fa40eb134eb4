package dev.cadre.platform.audit.web;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as people see it.
 *
 * @param position its place in the chain, and {@code hash} the chain's up to it; null for a second until it is there
 */
record AuditEvent(
        UUID id,
        Instant at,
        AuditActor actor,
        String action,
        AuditSubject subject,
        Map<String, Object> before,
        Map<String, Object> after,
        @Nullable Long position,
        @Nullable String hash) {

    /**
     * AuditActor did it.
     *
     * @param kind {@code user}, {@code api_key}, {@code service_account}, {@code system} or {@code anonymous}
     * @param name of now; null for people whose account is gone
     */
    record AuditActor(
            String kind,
            @Nullable UUID id,
            @Nullable String name,
            @Nullable String email,
            @Nullable String address,
            @Nullable String userAgent) {}

    /** To what it was done. */
    record AuditSubject(String type, String id, @Nullable String name) {}
}
