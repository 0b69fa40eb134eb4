package dev.cadre.spi;

/**
 * A credential: stored encrypted, never sent back to the browser, never logged.
 *
 * @since 0.1
 */
public record Secret(String value) {

    public Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A secret must not be blank.");
        }
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
