package dev.cadre.platform.audit.internal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an event's seal is made of. */
record EventFields(
        UUID id,
        Instant at,
        String actorKind,
        @Nullable UUID actorId,
        String action,
        String subjectType,
        String subjectId,
        byte[] originCommitment,
        byte[] contentCommitment) {}
