package dev.cadre.platform.cluster;

import java.util.UUID;

/** This node can speak to another one from now on: what that one may not know yet can be said. */
public record NodeJoined(UUID node) {}
