package dev.cadre.platform.run.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.run.Approval;
import dev.cadre.platform.run.Approvals;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.web.PageQuery;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What runs ask people. */
@Tag(name = "approvals")
@RestController
class ApprovalController {

    /** An answer; {@code arguments} corrects the proposal as its form allows. */
    record DecisionInput(
            @NotNull @Pattern(regexp = "approve|reject", message = "must be approve or reject")
            String decision,

            @Size(max = 4_000) @Nullable String comment,
            @Nullable Map<String, Object> arguments) {}

    private final Approvals approvals;

    ApprovalController(Approvals approvals) {
        this.approvals = approvals;
    }

    @Requires(Permission.RUN_READ)
    @GetMapping("/api/v1/approvals")
    PageOf<Approval> list(Caller caller, PageQuery page, @RequestParam(required = false) @Nullable Boolean open) {
        var before =
                page.isFirst() ? null : new TaskId(UUID.fromString(page.after().getFirst()));
        return page.page(
                approvals.list(caller, open, before, page.rows()),
                approval -> List.of(approval.id().toString()));
    }

    @Requires(Permission.RUN_READ)
    @GetMapping("/api/v1/approvals/{id}")
    Approval get(Caller caller, @PathVariable TaskId id) {
        return approvals.get(caller, id);
    }

    @Requires(Permission.APPROVAL_DECIDE)
    @PostMapping("/api/v1/approvals/{id}/decision")
    Approval decide(Caller caller, @PathVariable TaskId id, @Valid @RequestBody DecisionInput body) {
        return approvals.decide(caller, id, new Approvals.Answer(body.decision(), body.comment(), body.arguments()));
    }
}
