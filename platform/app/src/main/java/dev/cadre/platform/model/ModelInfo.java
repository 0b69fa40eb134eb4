package dev.cadre.platform.model;

import dev.cadre.platform.shared.Money;
import org.jspecify.annotations.Nullable;

/** A model as people choose it; prices are for a million tokens, null when unknown. */
public record ModelInfo(
        String id,
        String provider,
        String title,
        boolean available,
        boolean demo,
        @Nullable String reason,
        @Nullable Money inputPrice,
        @Nullable Money outputPrice) {}
