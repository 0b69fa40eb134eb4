package dev.cadre.spi.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request; {@code timeout} bounds the whole exchange.
 *
 * @since 0.1
 */
public record HttpRequest(
        String method, URI uri, Map<String, List<String>> headers, byte @Nullable [] body, Duration timeout) {}
