package dev.cadre.connector.rest;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to the service of the connection. */
public record RestCall(
        @Field(label = "Method", defaultValue = "\"GET\"") Method method,

        @Field(
                label = "Path",
                help = "Below the base URL, as /orders/42. Plain text: it is encoded.",
                defaultValue = "\"\"")
        @Size(max = 4000)
        String path,

        @Field(label = "Query", help = "Parameters by name.") @Nullable
        Map<String, String> query,

        @Field(label = "Headers", help = "Headers by name. Credentials come from the connection.") @Nullable
        Map<String, String> headers,

        @Field(label = "Body", help = "Objects and lists are sent as JSON, text as it is.") @Nullable
        Object body,

        @Field(
                label = "Accept every status",
                help = "Otherwise only 2xx succeeds.",
                defaultValue = "false",
                advanced = true)
        boolean acceptEveryStatus) {

    /** What to do with the resource. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE,
        HEAD
    }

    /** What the service answered; the body is JSON where the service says so, else text. */
    public record Answer(
            int status,
            Map<String, String> headers,
            @Nullable Object body) {}
}
