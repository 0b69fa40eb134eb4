package dev.cadre.platform.run;

import dev.cadre.platform.shared.Money;
import java.math.BigDecimal;

/** What a run or a task used of language models. */
public record Usage(long inputTokens, long outputTokens, Money cost) {

    static Usage of(long inputTokens, long outputTokens, BigDecimal cost) {
        return new Usage(inputTokens, outputTokens, Money.usd(cost));
    }
}
