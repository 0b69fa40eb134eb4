package dev.cadre.platform.decision.internal.feel;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The type of a column or value. */
public enum FeelType {
    ANY("anything"),
    NUMBER("a number"),
    STRING("text"),
    BOOLEAN("true or false"),
    DATE("a date"),
    TIME("a time"),
    DATE_TIME("a date and time"),
    DAYS_DURATION("a duration of days and time"),
    MONTHS_DURATION("a duration of years and months"),
    LIST("a list");

    private final String words;

    FeelType(String words) {
        this.words = words;
    }

    /** As a sentence says it. */
    public String words() {
        return words;
    }

    /** The type that a column says in {@code typeRef}; empty for one that is not known. */
    public static Optional<FeelType> named(@Nullable String typeRef) {
        return switch (typeRef == null ? "" : typeRef.strip().toLowerCase(Locale.ROOT)) {
            case "", "any" -> Optional.of(ANY);
            case "number", "integer", "long", "double" -> Optional.of(NUMBER);
            case "string" -> Optional.of(STRING);
            case "boolean" -> Optional.of(BOOLEAN);
            case "date" -> Optional.of(DATE);
            case "time" -> Optional.of(TIME);
            case "datetime", "date and time" -> Optional.of(DATE_TIME);
            case "daytimeduration", "days and time duration" -> Optional.of(DAYS_DURATION);
            case "yearmonthduration", "years and months duration" -> Optional.of(MONTHS_DURATION);
            default -> Optional.empty();
        };
    }

    static FeelType of(@Nullable Object value) {
        return switch (value) {
            case BigDecimal _ -> NUMBER;
            case String _ -> STRING;
            case Boolean _ -> BOOLEAN;
            case LocalDate _ -> DATE;
            case LocalTime _ -> TIME;
            case LocalDateTime _ -> DATE_TIME;
            case OffsetDateTime _ -> DATE_TIME;
            case Duration _ -> DAYS_DURATION;
            case Period _ -> MONTHS_DURATION;
            case List<?> _ -> LIST;
            case null, default -> ANY;
        };
    }

    /** Whether a value can be of this type; null can be of any. */
    public boolean fits(@Nullable Object value) {
        return value == null || this == ANY || of(value) == this;
    }

    boolean ordered() {
        return this != BOOLEAN && this != LIST;
    }

    /**
     * A value from JSON as this type has it: dates, times and durations are text there.
     *
     * @throws FeelFailure when it is something else
     */
    public @Nullable Object read(@Nullable Object json) {
        var value = Values.fromJson(json);
        if (value instanceof String text && this != STRING && this != ANY) {
            value = parsed(text);
        }
        if (!fits(value)) {
            throw new FeelFailure("must be " + words + ", not " + of(value).words);
        }
        return value;
    }

    private Object parsed(String text) {
        try {
            return switch (this) {
                case DATE, TIME, DATE_TIME, DAYS_DURATION, MONTHS_DURATION -> Values.temporal(this, text);
                case ANY, STRING, NUMBER, BOOLEAN, LIST -> text;
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw new FeelFailure("must be " + words + ", not \"" + Values.clip(text) + "\"");
        }
    }
}
