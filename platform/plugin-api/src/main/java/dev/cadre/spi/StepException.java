package dev.cadre.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a step failed, in the terms the engine acts on. The code is stable, upper case and documented by the plugin.
 *
 * @since 0.1
 */
public abstract sealed class StepException extends RuntimeException {

    private final String code;

    private StepException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The outside system may accept the same request later: the engine retries. */
    public static final class Retryable extends StepException {
        private final @Nullable Duration retryAfter;

        public Retryable(String code, String message) {
            this(code, message, null, null);
        }

        /** {@code retryAfter} is the least time to wait as the other side said it, null when it did not. */
        public Retryable(String code, String message, @Nullable Duration retryAfter) {
            this(code, message, retryAfter, null);
        }

        public Retryable(String code, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
            super(code, message, cause);
            this.retryAfter = retryAfter;
        }

        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The same request can never succeed: the engine raises a BPMN error with this code. */
    public static final class Rejected extends StepException {
        public Rejected(String code, String message) {
            super(code, message, null);
        }

        public Rejected(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }
    }
}
