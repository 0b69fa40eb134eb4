package dev.cadre.platform.run.internal.approval;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.schema.RecordBinding;
import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The step {@code approval}: part of the hub, since what people decide must not hang on a plugin. */
@Component
public class ApprovalStep implements StepPerformer.OutsidePerformer {

    public static final String ID = "approval";

    static final Duration LONGEST = Duration.ofDays(366);
    private static final RecordBindings BINDINGS = new RecordBindings();

    private final RecordBinding<ApprovalRequest> input = BINDINGS.of(ApprovalRequest.class);
    private final RecordBinding<ApprovalAnswer> output = BINDINGS.of(ApprovalAnswer.class);

    ApprovalStep(StepTypes types) {
        types.add(List.of(new StepType(
                ID,
                "Approval",
                "Asks people to approve, reject or correct something before the run goes on.",
                "Flow",
                "M9 12l2 2l4-4M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18",
                StepType.Kind.CORE,
                new StepType.PluginRef("cadre-approvals", "1"),
                null,
                input.schema(),
                output.schema(),
                this)));
    }

    @Override
    public @Nullable Instant until(Map<String, Object> values, Instant now) {
        var request = request(values);
        if (request.form() != null) {
            var problem = FormCheck.problem(request.form());
            if (!problem.isEmpty()) {
                throw new StepException.Rejected("INVALID_INPUT", problem);
            }
        }
        ApprovalTimes.check(request);
        return ApprovalTimes.of(request, now).after(now).orElse(null);
    }

    @Override
    public Instant wake(OrganizationId organization, Map<String, Object> values, StepContext context) {
        var request = request(values);
        var now = Instant.now();
        var times = ApprovalTimes.of(request, context.startedAt());
        if (times.isOver(now)) {
            throw new StepException.Rejected("APPROVAL_OVERDUE", "Nobody answered in time.");
        }
        times.said(now).ifPresent(context::log);
        return times.after(now).orElseGet(() -> now.plus(LONGEST));
    }

    /** When an approval that was asked at a time reminds, escalates and is over. */
    public ApprovalTimes times(ApprovalRequest request, Instant asked) {
        return ApprovalTimes.of(request, asked);
    }

    public ApprovalRequest request(Map<String, Object> values) {
        return input.read(values);
    }

    /** Empty where the values are none that anybody could be asked. */
    public Optional<ApprovalRequest> tryRequest(Map<String, Object> values) {
        return Optional.ofNullable(input.tryRead(values).value());
    }

    public Map<String, Object> output(ApprovalAnswer answer) {
        return output.write(answer);
    }
}
