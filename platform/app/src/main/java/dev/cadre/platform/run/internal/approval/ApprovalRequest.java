package dev.cadre.platform.run.internal.approval;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person is asked: the input of the step {@code approval}. */
public record ApprovalRequest(
        @Field(label = "Question", help = "What is to be decided, in one line.") @NotBlank @Size(max = 200)
        String title,

        @Field(label = "Explanation", help = "What the person needs to know.", multiline = true)
        @Size(max = 10_000)
        @Nullable
        String description,

        @Field(
                label = "Who may decide",
                help = "E-mail addresses, or role:admin for everybody with at least that role; empty for all members.")
        @Size(max = 100)
        @Nullable
        List<@NotBlank String> assignees,

        @Field(label = "Time limit", help = "ISO 8601, such as PT4H or P2D; then the step fails with APPROVAL_OVERDUE.")
        @Nullable
        Duration dueIn,

        @Field(
                label = "Remind every",
                help = "ISO 8601, such as P1D: how often those who may decide are reminded.",
                advanced = true)
        @Nullable
        Duration remindEvery,

        @Field(
                label = "Escalate after",
                help = "ISO 8601, such as P2D: from then on those below may decide as well.",
                advanced = true)
        @Nullable
        Duration escalateAfter,

        @Field(label = "Escalate to", help = "E-mail addresses or roles, such as role:owner.", advanced = true)
        @Size(max = 100)
        @Nullable
        List<@NotBlank String> escalateTo,

        @Field(label = "Proposal", help = "The values that are approved, such as an amount or a text to send.")
        @Nullable
        Map<String, Object> data,

        @Field(
                label = "Form",
                help = "JSON Schema of the values that the person may fill in or correct.",
                advanced = true)
        @Nullable
        Map<String, Object> form,

        @Field(label = "Not by who started the run", defaultValue = "false", advanced = true)
        boolean fourEyes,

        @Field(
                label = "When rejected",
                help =
                        "fail: the step fails with REJECTED, which an error event can catch. continue: the run goes on and"
                                + " sees decision \"reject\".",
                defaultValue = "\"fail\"",
                advanced = true)
        OnReject onReject) {

    /** What a rejection does to the run. */
    public enum OnReject {
        FAIL,
        CONTINUE
    }
}
