package dev.cadre.spi.trigger;

/**
 * How a request's body becomes a workflow's data.
 *
 * @param maxParts of a multipart body
 * @param maxFileSize of one file of a multipart body, in bytes
 * @since 0.1
 */
public record BodyRules(Mode mode, int maxParts, long maxFileSize) {

    /** JSON, forms, text and multipart, by the content type. */
    public static final BodyRules AUTO = new BodyRules(Mode.AUTO, 20, Long.MAX_VALUE);

    /** What a workflow sees of the body. */
    public enum Mode {
        /** By the content type: JSON values, the fields of a form, text, or as {@link #MULTIPART}. */
        AUTO,
        /** Whatever it is, as {@code contentType}, {@code encoding} ({@code text} or {@code base64}), {@code content} and {@code size}. */
        RAW,
        /** Multipart forms only: {@code fields} and {@code files}. */
        MULTIPART
    }
}
