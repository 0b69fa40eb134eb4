package dev.cadre.platform.shared;

import java.math.BigDecimal;

/**
 * An exact amount of money, as clients see it: decimal text and an ISO 4217 currency.
 *
 * @param amount plain decimal text, never in exponent form
 */
public record Money(String amount, String currency) {

    public Money {
        if (!new BigDecimal(amount).toPlainString().equals(amount)) {
            throw new IllegalArgumentException("Money needs a plain decimal amount, not " + amount);
        }
    }

    public static Money usd(BigDecimal amount) {
        var stripped = amount.stripTrailingZeros();
        return new Money((stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString(), "USD");
    }

    public BigDecimal decimal() {
        return new BigDecimal(amount);
    }
}
