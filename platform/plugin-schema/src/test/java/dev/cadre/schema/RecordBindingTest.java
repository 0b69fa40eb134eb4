package dev.cadre.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cadre.spi.Field;
import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordBindingTest {

    enum Answer {
        IMMEDIATELY,
        LAST_STEP
    }

    enum Method {
        GET,
        POST;

        @Override
        public String toString() {
            return name();
        }
    }

    record Line(@NotBlank String sku, @Min(1) @Max(99) int count) {}

    record Order(
            @Field(label = "Customer", help = "Who ordered.") @NotBlank @Size(max = 20)
            String customer,

            @Field(label = "Note", multiline = true) @Nullable
            String note,

            @Field(label = "Answer", defaultValue = "last-step")
            Answer answer,

            @Field(label = "Tries", defaultValue = "3") int tries,

            @Field(label = "Code") @Nullable @Pattern(regexp = "[A-Z]+")
            String code,

            List<Line> lines,
            Map<String, Object> extra,
            @Nullable Object anything,
            @Nullable URI link,
            @Nullable Duration within,
            @Nullable Instant at,
            @Nullable BigDecimal price,
            @Nullable Method method,
            @Nullable Secret token) {}

    record Tree(String name, List<Tree> children) {}

    record Range(int low, int high) {
        Range {
            if (low > high) {
                throw new IllegalArgumentException("low must not be above high");
            }
        }
    }

    record Strange(Thread thread) {}

    record Amount(@Nullable Object value, @Nullable BigDecimal exact, double real) {}

    final RecordBindings bindings = new RecordBindings();

    @AfterEach
    void close() {
        bindings.close();
    }

    static Map<String, Object> minimal() {
        var values = new HashMap<String, Object>();
        values.put("customer", "Ada");
        values.put("lines", List.of(Map.of("sku", "A", "count", 2)));
        values.put("extra", Map.of());
        return values;
    }

    Order read(Map<String, ? extends @Nullable Object> values) {
        return bindings.of(Order.class).read(values);
    }

    String refusal(Map<String, ? extends @Nullable Object> values) {
        var reading = bindings.of(Order.class).tryRead(values);
        assertThat(reading.value()).isNull();
        return reading.violations().toString();
    }

    @Test
    void readsWhatIsGivenAndDefaultsWhatIsAbsent() {
        var order = read(minimal());

        assertThat(order.customer()).isEqualTo("Ada");
        assertThat(order.answer()).isEqualTo(Answer.LAST_STEP);
        assertThat(order.tries()).isEqualTo(3);
        assertThat(order.lines()).containsExactly(new Line("A", 2));
        assertThat(order.note()).isNull();
    }

    @Test
    void readsTextFormsOfTypedValues() {
        var values = minimal();
        values.put("link", "https://example.org/a");
        values.put("within", "PT30S");
        values.put("at", "2026-01-31T12:00:00Z");
        values.put("price", "12.50");
        values.put("tries", "7");
        values.put("answer", "IMMEDIATELY");
        values.put("method", "post");
        values.put("customer", 12);
        values.put("token", "abc");

        var order = read(values);

        assertThat(order.link()).isEqualTo(URI.create("https://example.org/a"));
        assertThat(order.within()).isEqualTo(Duration.ofSeconds(30));
        assertThat(order.at()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(order.price()).isEqualByComparingTo("12.5");
        assertThat(order.tries()).isEqualTo(7);
        assertThat(order.answer()).isEqualTo(Answer.IMMEDIATELY);
        assertThat(order.method()).isEqualTo(Method.POST);
        assertThat(order.customer()).isEqualTo("12");
        assertThat(order.token()).isEqualTo(new Secret("abc"));
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        var values = minimal();
        values.put("customer", " ");
        values.put("tries", "many");
        values.put("code", "abc");
        values.put("colour", "red");
        values.put("lines", List.of(Map.of("sku", "A", "count", 0), Map.of("count", 1), 7));

        assertThat(refusal(values))
                .contains("customer must not be blank")
                .contains("tries must be a number")
                .contains("code must match \"[A-Z]+\"")
                .contains("colour is not known here")
                .contains("lines.0.count must be greater than or equal to 1")
                .contains("lines.1.sku is required")
                .contains("lines.2 must be an object, not a number");
    }

    @Test
    void rejectsAsAStepWould() {
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> read(Map.of("customer", "Ada")))
                .withMessage("The input does not fit: lines is required; extra is required.")
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("INVALID_INPUT"));
    }

    @Test
    void pointersAreEscaped() {
        var values = minimal();
        values.put("a/b~c", 1);

        assertThat(bindings.of(Order.class).tryRead(values).violations())
                .containsExactly(new Violation("/a~1b~0c", "is not known here"));
    }

    @Test
    void refusesNumbersThatWouldFillTheMemory() {
        var values = minimal();
        values.put("price", "1e999999999");
        assertThat(refusal(values)).contains("price must be a number of a sensible size");
        values.put("price", "9".repeat(1_000_000));
        assertThat(refusal(values)).contains("price must be a number");
        values.put("price", null);
        values.put("tries", new BigDecimal("1e300"));
        assertThat(refusal(values)).contains("tries must be a whole number");
        values.put("tries", 2.5);
        assertThat(refusal(values)).contains("tries must be a whole number");
        values.put("tries", 3_000_000_000L);
        assertThat(refusal(values)).contains("tries must be a whole number from");
    }

    @Test
    void refusesNullsInsideLists() {
        var values = minimal();
        values.put("lines", Arrays.asList((Object) null));

        assertThat(refusal(values)).contains("lines.0 must not be null");
    }

    @Test
    void aConstructorThatRefusesIsAViolation() {
        var reading = bindings.of(Range.class).tryRead(Map.of("low", 3, "high", 1));

        assertThat(reading.violations()).containsExactly(new Violation("", "low must not be above high"));
    }

    @Test
    void aBlankSecretIsRefusedWithoutBeingShown() {
        var values = minimal();
        values.put("token", " ");

        assertThat(refusal(values)).contains("token must be a secret that is not blank");
    }

    @Test
    void writesJsonValuesAndMasksSecrets() {
        var values = minimal();
        values.put("token", "abc");
        values.put("within", "PT1M");
        values.put("method", "GET");

        var written = bindings.of(Order.class).write(read(values));

        assertThat(written)
                .containsEntry("token", "(secret)")
                .containsEntry("within", "PT1M")
                .containsEntry("answer", "last-step")
                .containsEntry("method", "GET")
                .containsEntry("note", null)
                .containsEntry("lines", List.of(Map.of("sku", "A", "count", 2)));
        assertThat(written.keySet()).startsWith("customer", "note", "answer");
    }

    @Test
    void writesNumbersInTheirPlainestType() {
        var written = bindings.of(Amount.class).write(new Amount(50.0, new BigDecimal("50.00"), 0.5));

        assertThat(written)
                .containsEntry("value", 50)
                .containsEntry("exact", 50)
                .containsEntry("real", 0.5);
    }

    @Test
    void refusesToWriteWhatJsonDoesNotHave() {
        var amounts = bindings.of(Amount.class);
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> amounts.write(new Amount(Thread.currentThread(), null, 1)))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("INVALID_OUTPUT"));
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> amounts.write(new Amount(null, null, Double.NaN)));
        var deep = new ArrayList<Object>();
        deep.add(deep);
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> amounts.write(new Amount(deep, null, 1)))
                .withMessageContaining("nested");
    }

    @Test
    void describesItselfAsJsonSchema() {
        var schema = bindings.of(Order.class).schema();

        assertThat(schema).containsEntry("type", "object").containsEntry("additionalProperties", false);
        assertThat((List<Object>) schema.get("required")).containsExactlyInAnyOrder("customer", "lines", "extra");
        assertThat(property(schema, "customer"))
                .containsEntry("title", "Customer")
                .containsEntry("description", "Who ordered.")
                .containsEntry("maxLength", 20)
                .containsEntry("minLength", 1);
        assertThat(property(schema, "note")).containsEntry("format", "multiline");
        assertThat(property(schema, "answer"))
                .containsEntry("enum", List.of("immediately", "last-step"))
                .containsEntry("default", "last-step")
                .containsEntry("title", "Answer");
        assertThat(property(schema, "method")).containsEntry("enum", List.of("GET", "POST"));
        assertThat(property(schema, "tries")).containsEntry("default", 3).containsEntry("type", "integer");
        assertThat(property(schema, "link")).containsEntry("format", "uri");
        assertThat(property(schema, "within")).containsEntry("format", "duration");
        assertThat(property(schema, "at")).containsEntry("format", "date-time");
        assertThat(property(schema, "token")).containsEntry("writeOnly", true).containsEntry("format", "password");
        assertThat(property(schema, "anything")).doesNotContainKey("type");
        assertThat(property(schema, "extra")).containsEntry("type", "object");
        var line = (Map<String, Object>) property(schema, "lines").get("items");
        assertThat(property(line, "count")).containsEntry("minimum", 1).containsEntry("maximum", 99);
        assertThat(((Map<String, Object>) schema.get("properties")).keySet()).startsWith("customer", "note", "answer");
    }

    @Test
    void aRecordMayHoldItself() {
        var trees = bindings.of(Tree.class);
        var leaf = Map.of("name", "leaf", "children", List.of());

        assertThat(trees.read(Map.of("name", "root", "children", List.of(leaf))))
                .isEqualTo(new Tree("root", List.of(new Tree("leaf", List.of()))));
        assertThat(trees.schema().toString()).contains("$ref");
    }

    @Test
    void refusesATypeWithoutAJsonForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bindings.of(Strange.class))
                .withMessageContaining("Strange.thread")
                .withMessageContaining("java.lang.Thread");
    }

    @Test
    void namesItsSecrets() {
        assertThat(bindings.of(Order.class).secrets()).containsExactly("token");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> property(Map<String, Object> schema, String name) {
        return new LinkedHashMap<>(((Map<String, Map<String, Object>>) schema.get("properties")).get(name));
    }
}
