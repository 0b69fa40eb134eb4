package dev.cadre.plugin.httprequest;

import dev.cadre.spi.Field;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepInfo;
import dev.cadre.spi.tool.Tool;
import dev.cadre.spi.tool.ToolDefinition;
import dev.cadre.spi.tool.ToolDefinition.Execution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Sends one HTTP request and reads its answer. */
@Extension
public final class HttpRequestTool implements Tool<HttpRequestTool.Input, HttpRequestTool.Output> {

    /** The HTTP methods that can be sent. */
    enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE,
        HEAD,
        OPTIONS;

        @Override
        public String toString() {
            return name();
        }
    }

    record Input(
            @Field(label = "Method", defaultValue = "GET") Method method,

            @Field(label = "URL", help = "Starts with https:// or http://.")
            String url,

            @Field(label = "Headers", defaultValue = "{}") Map<String, String> headers,

            @Field(label = "Query", help = "Added to the URL; a list repeats the name.", defaultValue = "{}")
            Map<String, Object> query,

            @Field(label = "Body", help = "Text is sent as it is, anything else as JSON.", multiline = true) @Nullable
            Object body,

            @Field(
                    label = "Timeout",
                    help = "Of the whole exchange, ISO 8601.",
                    defaultValue = "PT30S",
                    advanced = true)
            Duration timeout,

            @Field(
                    label = "Accepted statuses",
                    help = "Statuses from 400 that do not fail the step, such as 404.",
                    defaultValue = "[]",
                    advanced = true)
            List<Integer> acceptStatus) {}

    record Output(
            int status,
            Map<String, String> headers,
            @Nullable Object body) {}

    @Override
    public ToolDefinition<Input, Output> definition() {
        return new ToolDefinition<>(
                new StepInfo(
                        "http-request",
                        "HTTP request",
                        "Calls an HTTP API and gives its status, headers and body; JSON is read.",
                        "Tools",
                        "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"),
                Input.class,
                Output.class,
                Execution.DURABLE);
    }

    @Override
    public Output execute(Input input, StepContext context) {
        var answer = context.http().send(Outgoing.request(input, context.idempotencyKey()));
        return Incoming.output(answer, input);
    }
}
