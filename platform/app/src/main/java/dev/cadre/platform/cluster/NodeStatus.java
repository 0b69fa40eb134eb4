package dev.cadre.platform.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node as it last told about itself.
 *
 * @param address host name and HTTP port
 * @param clusterAddress where the others reach it, null until it can be reached
 * @param silent since when nothing was heard, measured by the database's clock
 */
public record NodeStatus(
        UUID id,
        String address,
        String host,
        String version,
        @Nullable String clusterAddress,
        Instant startedAt,
        Instant beatAt,
        Duration silent,
        Load load) {}
