package dev.cadre.platform.connector.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an authorization server granted. */
record Tokens(
        String access, @Nullable String refresh, @Nullable Instant expiresAt) {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    boolean freshAt(Instant now) {
        return expiresAt == null || now.plus(MARGIN).isBefore(expiresAt);
    }

    Map<String, String> toMap() {
        var map = new HashMap<String, String>();
        map.put("access", access);
        if (refresh != null) {
            map.put("refresh", refresh);
        }
        if (expiresAt != null) {
            map.put("expiresAt", expiresAt.toString());
        }
        return map;
    }

    static Tokens of(Map<String, String> map) {
        var access = map.get("access");
        var expiresAt = map.get("expiresAt");
        return new Tokens(
                access == null ? "" : access, map.get("refresh"), expiresAt == null ? null : Instant.parse(expiresAt));
    }

    @Override
    public String toString() {
        return "Tokens[expiresAt=" + expiresAt + "]";
    }
}
