package dev.cadre.platform.organization;

import java.util.Set;
import java.util.UUID;

/**
 * A role that an organization has made itself.
 *
 * @param permissions as clients write them; what they mean is not known here
 */
public record CustomRole(UUID id, String name, Set<String> permissions, long revision) {}
