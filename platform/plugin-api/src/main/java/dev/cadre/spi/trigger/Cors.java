package dev.cadre.spi.trigger;

import java.time.Duration;
import java.util.Set;

/**
 * Which web pages may call an HTTP trigger from the browser.
 *
 * @param origins as {@code https://shop.example}, or {@code *} for all
 * @param methods upper case; empty for those that the trigger listens to
 * @param headers that a page may send besides {@code Content-Type} and those of the authentication
 * @param maxAge how long a browser may remember the answer
 * @since 0.1
 */
public record Cors(Set<String> origins, Set<String> methods, Set<String> headers, Duration maxAge) {

    public Cors {
        origins = Set.copyOf(origins);
        methods = Set.copyOf(methods);
        headers = Set.copyOf(headers);
    }
}
