package dev.cadre.platform.model.internal;

import dev.cadre.platform.model.ModelUsage;
import dev.cadre.platform.shared.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The price table: US dollars for a million tokens. */
@Component
public class Prices {

    /** Prompts of more than {@code longFrom} tokens cost the long prices, on every token. */
    record Price(BigDecimal input, BigDecimal output, long longFrom, BigDecimal longInput, BigDecimal longOutput) {}

    private final Map<String, Price> prices = new LinkedHashMap<>();

    public Prices() {
        try {
            new ClassPathResource("model-prices.csv")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        var cells = line.split(",");
        var input = new BigDecimal(cells[1]);
        var output = new BigDecimal(cells[2]);
        boolean tiered = cells.length > 3;
        prices.put(
                cells[0],
                new Price(
                        input,
                        output,
                        tiered ? Long.parseLong(cells[3]) : Long.MAX_VALUE,
                        tiered ? new BigDecimal(cells[4]) : input,
                        tiered ? new BigDecimal(cells[5]) : output));
    }

    /** Ids of all priced models, in the order of the table. */
    public Iterable<String> models() {
        return prices.keySet();
    }

    public Optional<Money> inputPrice(String model) {
        return find(model).map(price -> Money.usd(price.input()));
    }

    public Optional<Money> outputPrice(String model) {
        return find(model).map(price -> Money.usd(price.output()));
    }

    public boolean knows(String model) {
        return find(model).isPresent();
    }

    /** Exact: no rounding, whatever the number of tokens. */
    public ModelUsage usage(String model, long inputTokens, long outputTokens) {
        var found = find(model);
        if (found.isEmpty()) {
            return new ModelUsage(inputTokens, outputTokens, Money.usd(BigDecimal.ZERO), false);
        }
        var price = found.get();
        boolean isLong = inputTokens > price.longFrom();
        var cost = BigDecimal.valueOf(inputTokens)
                .multiply(isLong ? price.longInput() : price.input())
                .add(BigDecimal.valueOf(outputTokens).multiply(isLong ? price.longOutput() : price.output()))
                .movePointLeft(6);
        return new ModelUsage(inputTokens, outputTokens, Money.usd(cost), true);
    }

    /** A dated snapshot ({@code …-20251001}, {@code …-2025-08-07}) costs what its family costs. */
    private Optional<Price> find(String model) {
        var price = prices.get(model);
        if (price == null) {
            price = prices.get(model.replaceFirst("-(\\d{8}|\\d{4}-\\d{2}-\\d{2}|latest)$", ""));
        }
        return Optional.ofNullable(price);
    }
}
