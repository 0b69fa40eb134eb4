package dev.cadre.spi.connector;

/**
 * One thing a connector can do: a typed input, a typed output and the route between them. It is a step type and a tool
 * for agents at once.
 *
 * <p>The route receives the input record as body and must leave the output record as body. Headers are empty at the
 * start.
 *
 * @param id kebab-case, unique in an installation, as {@code slack-post-message}
 * @since 0.1
 */
public record Operation<I extends Record, O extends Record>(
        String id, String title, String description, Class<I> input, Class<O> output) {

    /** The exchange property that holds the caller's connection record. */
    public static final String CONNECTION = "cadre.connection";

    /** The exchange property that holds a fresh OAuth access token, a {@link dev.cadre.spi.Secret}. */
    public static final String ACCESS_TOKEN = "cadre.accessToken";

    /** The exchange property that holds the step's {@link dev.cadre.spi.StepContext}. */
    public static final String CONTEXT = "cadre.context";

    /** The endpoint URI that the operation's route starts with. */
    public String endpoint() {
        return "direct:" + id;
    }
}
