package dev.cadre.platform.decision.internal.feel;

import java.time.DateTimeException;

/** Dates, times and durations as cells write them: a function with a text. */
final class TemporalLiteral {

    private TemporalLiteral() {}

    static Object read(String function, FeelType type, String text) {
        try {
            boolean months = type == FeelType.DAYS_DURATION && isOfMonths(text);
            return Values.temporal(months ? FeelType.MONTHS_DURATION : type, text);
        } catch (DateTimeException | ArithmeticException e) {
            throw FeelInvalid.unreadable(
                    "\"" + Values.clip(text) + "\" is no " + function + ": write " + example(function) + ".");
        }
    }

    static FeelInvalid noText(String function) {
        return FeelInvalid.notAvailable(function + "() takes a text here, as " + example(function) + ".");
    }

    private static boolean isOfMonths(String text) {
        return !text.contains("T") && (text.contains("Y") || text.contains("M"));
    }

    private static String example(String function) {
        return switch (function) {
            case "date" -> "date(\"2026-01-31\")";
            case "time" -> "time(\"10:30:00\")";
            case "duration" -> "duration(\"P1D\") or duration(\"P1Y2M\")";
            default -> "date and time(\"2026-01-31T10:30:00Z\")";
        };
    }
}
