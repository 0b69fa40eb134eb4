package dev.cadre.platform.run.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.run.Task;
import dev.cadre.platform.run.UnknownOutcomes;
import dev.cadre.platform.shared.TaskId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Decides what follows an attempt that was cut off, of a step that works at most once. */
@Tag(name = "runs")
@RestController
class DecisionController {

    /**
     * What is decided.
     *
     * @param decision {@code retry}: it had no effect, try again; {@code succeed}: it had its effect, go on with {@code
     *     output}; {@code fail}: the step has failed
     */
    record OutcomeInput(
            @NotNull @Pattern(regexp = "retry|succeed|fail", message = "must be retry, succeed or fail")
            String decision,

            @Nullable Map<String, Object> output,
            @Size(max = 4_000) @Nullable String comment) {}

    private final UnknownOutcomes outcomes;

    DecisionController(UnknownOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    @Requires(Permission.RUN_RETRY)
    @PostMapping("/api/v1/tasks/{id}/decision")
    Task decide(Caller caller, @PathVariable TaskId id, @Valid @RequestBody OutcomeInput body) {
        var output = Objects.requireNonNullElse(body.output(), Map.<String, Object>of());
        return switch (body.decision()) {
            case "retry" -> outcomes.retry(caller, id, body.comment());
            case "succeed" -> outcomes.succeed(caller, id, output, body.comment());
            default -> outcomes.fail(caller, id, body.comment());
        };
    }
}
