package dev.cadre.platform.model;

import dev.cadre.platform.shared.Money;

/**
 * What one model call took.
 *
 * @param cost zero when the model is not in the price table
 * @param priced whether the price table knows the model
 */
public record ModelUsage(long inputTokens, long outputTokens, Money cost, boolean priced) {}
