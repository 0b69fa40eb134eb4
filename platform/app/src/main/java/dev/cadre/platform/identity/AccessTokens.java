package dev.cadre.platform.identity;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Issues and verifies the tokens that callers show. */
public interface AccessTokens {

    Duration LIFETIME = Duration.ofMinutes(15);

    String issue(UserId user, OrganizationId organization, UUID session);

    /** Who shows this token; empty where it is forged, expired, or its session or membership has ended. */
    Optional<Caller> verify(String token);
}
