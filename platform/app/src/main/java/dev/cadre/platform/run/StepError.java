package dev.cadre.platform.run;

import dev.cadre.spi.StepException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a step failed, for people and for error branches.
 *
 * @param code upper case, as the step gave it or as the engine names it
 * @param message what happened
 */
public record StepError(String code, String message) {

    private static final int MESSAGE_LIMIT = 4_000;

    public static StepError of(Throwable failure) {
        return switch (failure) {
            case StepException known -> new StepError(known.code(), limited(known.getMessage()));
            default ->
                new StepError(
                        "STEP_FAULT",
                        limited("The step failed unexpectedly: "
                                + failure.getClass().getSimpleName()
                                + (failure.getMessage() == null ? "" : ": " + failure.getMessage())));
        };
    }

    public Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        values.put("code", code);
        values.put("message", message);
        return values;
    }

    private static String limited(@Nullable String message) {
        if (message == null) {
            return "";
        }
        return message.length() <= MESSAGE_LIMIT ? message : message.substring(0, MESSAGE_LIMIT) + "…";
    }
}
