package dev.cadre.platform.cluster;

import java.util.UUID;

/** A node is gone: what it held may be taken over. Its row is deleted already, so that it can finish nothing more. */
public record NodeDied(UUID node) {}
