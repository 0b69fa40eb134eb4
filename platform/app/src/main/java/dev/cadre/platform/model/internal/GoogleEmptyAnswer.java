package dev.cadre.platform.model.internal;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gemini's answers without content, which Spring AI can't read: a blocked prompt, or thinking that took all the tokens. They
 * are answers all the same, and are paid for.
 */
final class GoogleEmptyAnswer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private GoogleEmptyAnswer() {}

    static Optional<ModelProvider.Answer> of(Exchange exchange) {
        var response = exchange.response();
        if (response == null || response.status() != 200) {
            return Optional.empty();
        }
        try {
            var body = JSON.readTree(response.body());
            boolean blocked = body.at("/promptFeedback/blockReason").isString();
            var candidate = body.at("/candidates/0");
            var reason = candidate.at("/finishReason");
            if (!blocked
                    && (!reason.isString() || !candidate.at("/content/parts").isEmpty())) {
                return Optional.empty();
            }
            long input = body.at("/usageMetadata/promptTokenCount").asLong(0);
            long total = body.at("/usageMetadata/totalTokenCount").asLong(0);
            return Optional.of(new ModelProvider.Answer(
                    "",
                    List.of(),
                    input,
                    Math.max(0, total - input),
                    blocked ? "filtered" : SpringAi.reason(reason.asString()),
                    exchange.requestId()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
