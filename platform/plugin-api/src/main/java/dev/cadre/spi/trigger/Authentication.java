package dev.cadre.spi.trigger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How callers prove who they are. What they prove it with comes from the trigger's connection, whose record implements
 * {@link CallerKeys}.
 *
 * @since 0.1
 */
public sealed interface Authentication {

    /** Nobody has to prove anything; no connection is needed. */
    record None() implements Authentication {}

    /** A key in a header, by {@link CallerKey.ApiKey}. */
    record ApiKey(String header) implements Authentication {}

    /** HTTP basic authentication, by {@link CallerKey.Login}. */
    record Basic() implements Authentication {}

    /**
     * A signed JWT as bearer token, by {@link CallerKey.Token}.
     *
     * @param refuseRepeats whether a token with an id ({@code jti}) fires the trigger only once while it is valid
     */
    record Jwt(boolean refuseRepeats) implements Authentication {

        /** A token may come with many requests, as access tokens do. */
        public Jwt() {
            this(false);
        }
    }

    /**
     * An HMAC-SHA256 of the raw body, by {@link CallerKey.Hmac}. The header may hold several values, separated by commas;
     * one right signature is enough.
     *
     * @param prefix what stands before the signature in its header, as {@code sha256=}; may be empty
     * @param payload what is signed: {@code {body}}, and {@code {timestamp}} where there is one, in any order, with other
     *     text around
     * @param timestampHeader where the time of signing stands, in seconds or milliseconds since 1970; null for none
     * @param timestampPrefix what stands before it, as {@code t=}; may be empty
     * @param tolerance how far that time may be from now, in both directions; where there is none, for how long a
     *     repeated signature is known
     * @param refuseRepeats whether the same signed request fires the trigger only once within the tolerance
     */
    record Signature(
            String header,
            String prefix,
            Encoding encoding,
            String payload,
            @Nullable String timestampHeader,
            String timestampPrefix,
            Duration tolerance,
            boolean refuseRepeats)
            implements Authentication {

        private static final Duration LONGEST = Duration.ofHours(1);

        public Signature {
            if (!payload.contains("{body}")) {
                throw new IllegalArgumentException("The signed payload must contain {body}.");
            }
            if (payload.contains("{timestamp}") != (timestampHeader != null)) {
                throw new IllegalArgumentException(
                        timestampHeader == null
                                ? "The signed payload contains {timestamp}: say in which header it stands."
                                : "A timestamp that is not signed proves nothing: the signed payload must contain {timestamp}.");
            }
            if (tolerance.compareTo(Duration.ofSeconds(1)) < 0 || tolerance.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("The tolerance must be from PT1S to PT1H.");
            }
        }
    }

    /** How a signature is written. */
    enum Encoding {
        HEX,
        BASE64
    }
}
