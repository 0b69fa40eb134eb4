package dev.cadre.platform.connector;

import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An organization's access to one account of an outside system, as people may see it: without its secrets.
 *
 * @param values the fields that are no secrets
 * @param hasSecrets the names of the secrets that are stored
 * @param projectId the project that it belongs to; null for the whole organization
 */
public record Connection(
        ConnectionId id,
        String name,
        String type,
        Map<String, Object> values,
        List<String> hasSecrets,
        Status status,
        int revision,
        @Nullable ProjectId projectId,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether steps can use it. */
    public enum Status {
        READY,
        NEEDS_AUTHORIZATION
    }
}
