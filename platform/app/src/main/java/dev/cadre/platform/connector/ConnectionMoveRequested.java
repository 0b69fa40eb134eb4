package dev.cadre.platform.connector;

import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants a connection to belong somewhere else. Who needs it where it is refuses by an exception; it is asked before
 * the transaction, since what the caller does not see counts as well.
 *
 * @param from null for the whole organization, and so {@code to}
 */
public record ConnectionMoveRequested(
        OrganizationId organization,
        ConnectionId connection,
        String name,
        @Nullable ProjectId from,
        @Nullable ProjectId to) {}
