package dev.cadre.platform.identity.internal.key;

import java.util.UUID;

/** A key was changed or is no more. */
record KeyChanged(UUID key) {}
