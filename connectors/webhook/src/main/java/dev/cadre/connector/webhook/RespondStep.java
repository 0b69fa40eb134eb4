package dev.cadre.connector.webhook;

import dev.cadre.spi.Field;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepInfo;
import dev.cadre.spi.tool.Tool;
import dev.cadre.spi.tool.ToolDefinition;
import dev.cadre.spi.tool.ToolDefinition.Execution;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Answers the HTTP caller whose webhook waits for a Respond step. */
@Extension
public final class RespondStep implements Tool<RespondStep.Response, RespondStep.Response> {

    record Response(
            @Field(label = "Status", defaultValue = "200") @Min(200) @Max(599)
            int status,

            @Field(label = "Headers", defaultValue = "{}") Map<String, String> headers,

            @Field(label = "Body", help = "Text is sent as it is, anything else as JSON.", multiline = true) @Nullable
            Object body) {}

    @Override
    public ToolDefinition<Response, Response> definition() {
        return new ToolDefinition<>(
                new StepInfo(
                        "respond",
                        "Respond",
                        "Answers the caller of a webhook that waits for this step.",
                        "Flow",
                        "M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 6 6v5"),
                Response.class,
                Response.class,
                Execution.INSTANT);
    }

    @Override
    public Response execute(Response input, StepContext context) {
        context.respond(input.status(), input.headers(), input.body());
        return input;
    }
}
