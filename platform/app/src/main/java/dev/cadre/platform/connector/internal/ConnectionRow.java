package dev.cadre.platform.connector.internal;

import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection as it is stored; secrets and tokens are encrypted. */
@SuppressWarnings("ArrayRecordComponent")
public record ConnectionRow(
        ConnectionId id,
        OrganizationId organization,
        String name,
        String type,
        Map<String, Object> settings,
        byte[] secrets,
        byte @Nullable [] tokens,
        int revision,
        @Nullable ProjectId project,
        Instant createdAt,
        Instant updatedAt) {

    @Override
    public String toString() {
        return "ConnectionRow[id=" + id + ", type=" + type + "]";
    }
}
