package dev.cadre.platform.identity.internal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A living sign-in, as its user recognizes it. */
public record SignedInDevice(
        UUID id, @Nullable String address, @Nullable String userAgent, Instant createdAt, Instant usedAt) {}
