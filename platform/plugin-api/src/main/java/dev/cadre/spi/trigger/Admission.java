package dev.cadre.spi.trigger;

import dev.cadre.spi.http.AddressRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose requests fire an HTTP trigger. The platform enforces it; a trigger only says it.
 *
 * @param allowFrom the only addresses that may call; empty for all
 * @param cors which web pages may call; null says nothing about it
 * @param perMinute how many requests a minute pass, on all nodes together; null for as many as come
 * @since 0.1
 */
public record Admission(
        Authentication authentication,
        List<AddressRange> allowFrom,
        @Nullable Cors cors,
        @Nullable Integer perMinute) {

    /** Everybody may call. */
    public static final Admission OPEN = new Admission(new Authentication.None(), List.of(), null, null);

    public Admission {
        allowFrom = List.copyOf(allowFrom);
        if (perMinute != null && perMinute < 1) {
            throw new IllegalArgumentException("perMinute must be at least 1");
        }
    }

    /** Without a limit of requests. */
    public Admission(Authentication authentication, List<AddressRange> allowFrom, @Nullable Cors cors) {
        this(authentication, allowFrom, cors, null);
    }
}
