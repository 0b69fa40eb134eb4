package dev.cadre.platform.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.model.internal.Prices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {

    private final Prices prices = new Prices();

    @ParameterizedTest
    @CsvSource({
        "anthropic/claude-sonnet-4-5, 1000, 200, 0.006",
        "anthropic/claude-sonnet-4-5-20250929, 1000, 200, 0.006",
        "openai/gpt-5-nano, 1, 0, 0.00000005",
        "openai/gpt-4o-2024-08-06, 1000000, 1000000, 12.5",
        "google/gemini-2.5-pro, 200000, 1000, 0.26",
        "google/gemini-2.5-pro, 200001, 1000, 0.5150025",
        "demo/assistant, 100, 100, 0"
    })
    void areExact(String model, long input, long output, String cost) {
        assertThat(prices.usage(model, input, output).cost().amount()).isEqualTo(cost);
        assertThat(prices.usage(model, input, output).priced()).isTrue();
    }

    @Test
    void saysThatAModelHasNoPrice() {
        assertThat(prices.usage("openai/llama3.2", 100, 100).priced()).isFalse();
        assertThat(prices.inputPrice("openai/llama3.2")).isEmpty();
    }
}
