package dev.cadre.platform.secret.internal;

import dev.cadre.platform.shared.OrganizationId;
import java.time.Duration;

/** Lets minutes pass for a key that is being replaced. */
public final class Rotations {

    private Rotations() {}

    /** True where the key of before is gone. */
    public static boolean finish(Resealing resealing, OrganizationId organization) {
        return resealing.finish(organization, Duration.ZERO);
    }
}
