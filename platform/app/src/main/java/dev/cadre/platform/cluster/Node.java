package dev.cadre.platform.cluster;

import java.util.UUID;

/** This process among the hubs that share a database; a restart makes a new node. */
public record Node(UUID id) {}
