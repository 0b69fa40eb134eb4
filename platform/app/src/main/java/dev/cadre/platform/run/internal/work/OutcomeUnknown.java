package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.StepError;
import dev.cadre.spi.StepException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;

/** An attempt of a step that works at most once was cut off: it may have had its effect, so a person decides. */
final class OutcomeUnknown extends RuntimeException {

    static final String CODE = "OUTCOME_UNKNOWN";

    /** What can be tried again since the other side has said that it did nothing, or was not asked at all. */
    private static final Set<String> REFUSED =
            Set.of("HTTP_429", "HTTP_503", "PLUGIN_DISABLED", "STEP_TYPE_MISSING", "AUTHORIZATION_UNAVAILABLE");

    private static final String FAULT = "STEP_FAULT";

    OutcomeUnknown(String what) {
        super(what, null, false, false);
    }

    StepError error() {
        return new StepError(CODE, getMessage() + " Whether it has had its effect is not known: decide what follows.");
    }

    /** Whether the failed attempt may have had its effect. */
    static boolean after(Exception failure) {
        return switch (failure) {
            case StepException.Rejected rejected -> rejected.code().equals(FAULT);
            case StepException.Retryable retryable ->
                !REFUSED.contains(retryable.code())
                        && !retryable.code().endsWith("_RATE_LIMITED")
                        && !neverLeft(retryable);
            default -> true;
        };
    }

    private static boolean neverLeft(Throwable failure) {
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return true;
            }
        }
        return false;
    }
}
