package dev.cadre.plugin.assistant;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent is asked to do, and with what. */
record Task(
        @Field(label = "Instructions", help = "Who the agent is and how it should work.", multiline = true)
        @Size(max = 20_000)
        @Nullable
        String instructions,

        @Field(label = "Message", help = "What the agent is asked this time.", multiline = true)
        @NotBlank
        @Size(max = 200_000)
        String message,

        @Field(label = "Model", help = "default takes the first model that has a key.", defaultValue = "\"default\"")
        @Nullable
        String model,

        @Field(label = "Fallback models", help = "Asked in this order when the model is not available.") @Nullable
        List<String> fallbackModels,

        @Field(label = "Tools", help = "Step types the agent may use; name a connection after an @.") @Nullable
        List<String> tools,

        @Field(label = "Variables", help = "Further data that the agent is told.") @Nullable
        Map<String, Object> variables,

        @Field(label = "Answer fields", help = "Names and descriptions of the fields of a JSON answer; empty for text.")
        @Nullable
        Map<String, String> outputFields,

        @Field(label = "Most turns", help = "How often the model is asked at the most.", defaultValue = "10")
        @Min(1)
        @Max(50)
        @Nullable
        Integer maxTurns,

        @Field(label = "Temperature") @DecimalMin("0") @DecimalMax("2") @Nullable
        Double temperature,

        @Field(label = "Most output tokens") @Min(1) @Max(200_000) @Nullable
        Integer maxOutputTokens,

        @Field(label = "Stored agent", help = "Id of an agent of this organization.") @Nullable
        String agent) {

    /**
     * What the agent came to.
     *
     * @param output text, or the JSON object that was asked for
     * @param turns how often a model was asked
     */
    record Answer(@Nullable Object output, int turns, Usage usage) {}

    /** Tokens of all turns; cost in USD as decimal text. */
    record Usage(long inputTokens, long outputTokens, String cost) {}
}
