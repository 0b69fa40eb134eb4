package dev.cadre.platform.live.internal;

import dev.cadre.platform.shared.OrganizationId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell clients, and who may hear of it.
 *
 * @param run that it is about; null where it is about the workflow alone
 * @param message as clients get it
 */
record Event(
        OrganizationId organization,
        UUID workflow,
        @Nullable UUID run,
        String message) {

    /** For another node. */
    String text() {
        return organization + "\n" + workflow + "\n" + (run == null ? "" : run) + "\n" + message;
    }

    static Event of(String text) {
        var parts = text.split("\n", 4);
        return new Event(
                new OrganizationId(UUID.fromString(parts[0])),
                UUID.fromString(parts[1]),
                parts[2].isEmpty() ? null : UUID.fromString(parts[2]),
                parts[3]);
    }
}
