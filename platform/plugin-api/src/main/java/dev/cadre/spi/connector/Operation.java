package dev.cadre.spi.connector;

import dev.cadre.spi.Secret;
import dev.cadre.spi.StepContext;
import java.util.Objects;
import org.apache.camel.Exchange;

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

    /** The caller's connection record, inside a route. */
    public static <C extends Record> C connection(Exchange exchange, Class<C> type) {
        return property(exchange, CONNECTION, type);
    }

    /** A fresh OAuth access token, inside a route of a connector with {@link OAuth2}. */
    public static Secret accessToken(Exchange exchange) {
        return property(exchange, ACCESS_TOKEN, Secret.class);
    }

    /** The step's context, inside a route. */
    public static StepContext context(Exchange exchange) {
        return property(exchange, CONTEXT, StepContext.class);
    }

    /** The input record, at the start of a route. */
    public static <I extends Record> I input(Exchange exchange, Class<I> type) {
        return Objects.requireNonNull(type.cast(exchange.getMessage().getBody()));
    }

    /** What an earlier part of the route put aside. */
    public static <T> T property(Exchange exchange, String name, Class<T> type) {
        return Objects.requireNonNull(exchange.getProperty(name, type), name);
    }
}
