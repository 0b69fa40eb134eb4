package dev.cadre.platform.run;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.run.internal.approval.ApprovalAnswer;
import dev.cadre.platform.run.internal.approval.ApprovalRequest;
import dev.cadre.platform.run.internal.approval.ApprovalRows;
import dev.cadre.platform.run.internal.approval.ApprovalStep;
import dev.cadre.platform.run.internal.approval.ApprovalTimes;
import dev.cadre.platform.run.internal.approval.Proposal;
import dev.cadre.platform.run.internal.journal.LogLine;
import dev.cadre.platform.run.internal.work.Completion;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.TaskId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What runs ask people: lists it, and carries an answer into its run. */
@Service
public class Approvals {

    private static final String APPROVE = "approve";
    private static final String REJECT = "reject";

    /**
     * An answer.
     *
     * @param decision {@code approve} or {@code reject}
     * @param arguments corrections of the proposal, as its form allows
     */
    public record Answer(
            String decision,
            @Nullable String comment,
            @Nullable Map<String, Object> arguments) {}

    private final ApprovalRows rows;
    private final ApprovalStep step;
    private final Completion completion;
    private final Users users;
    private final Members members;

    Approvals(ApprovalRows rows, ApprovalStep step, Completion completion, Users users, Members members) {
        this.rows = rows;
        this.step = step;
        this.completion = completion;
        this.users = users;
        this.members = members;
    }

    /** At most {@code count} older than {@code before}, newest first; {@code open} null for all. */
    public List<Approval> list(Caller caller, @Nullable Boolean open, @Nullable TaskId before, int count) {
        var user = user(caller);
        return rows.list(caller.organization(), open, before, count).stream()
                .map(row -> approval(row, caller, user))
                .toList();
    }

    public Approval get(Caller caller, TaskId id) {
        return approval(row(caller, id), caller, user(caller));
    }

    /** Carries the answer into the run: the first one counts. */
    public Approval decide(Caller caller, TaskId id, Answer answer) {
        var row = row(caller, id);
        var user = user(caller);
        if (!row.status().equals(RunStatus.WAITING.text())) {
            throw RunException.decided();
        }
        var request = step.request(row.input());
        if (!mayDecide(row, request, caller, user)) {
            throw RunException.notAssigned(request.fourEyes() && startedBy(row, caller));
        }
        var data = answer.decision().equals(REJECT)
                ? Objects.requireNonNullElse(request.data(), Map.<String, Object>of())
                : Proposal.corrected(request, answer.arguments());
        var person = new ApprovalAnswer.Person(user.id().value().toString(), user.name(), user.email());
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var given = new ApprovalAnswer(answer.decision(), answer.comment(), person, now, data);
        boolean fails = answer.decision().equals(REJECT) && request.onReject() == ApprovalRequest.OnReject.FAIL;
        var said = said(user, answer);
        var result = new Completion.Result(
                step.output(given),
                fails ? new StepError("REJECTED", said) : null,
                List.of(new LogLine(now, "info", said)),
                null,
                audited(caller, row, request, answer));
        if (!completion.decide(caller.organization(), row.run(), id, result)) {
            throw RunException.decided();
        }
        return get(caller, id);
    }

    private static Audited audited(Caller caller, ApprovalRows.Row row, ApprovalRequest request, Answer answer) {
        return Audited.of(
                caller.organization(),
                "approval.decided",
                Subject.of("task", row.id(), request.title()),
                Map.of(
                        "decision",
                        answer.decision(),
                        "run",
                        row.run().toString(),
                        "corrected",
                        answer.arguments() != null && !answer.arguments().isEmpty()));
    }

    private static String said(User user, Answer answer) {
        var comment = answer.comment();
        return (answer.decision().equals(REJECT) ? "Rejected by " : "Approved by ")
                + user.name()
                + " <"
                + user.email()
                + ">"
                + (comment == null || comment.isBlank() ? "." : ": " + comment);
    }

    private ApprovalRows.Row row(Caller caller, TaskId id) {
        return rows.find(caller.organization(), id).orElseThrow(RunException::approvalNotFound);
    }

    private User user(Caller caller) {
        return Objects.requireNonNull(users.find(List.of(caller.user())).get(caller.user()));
    }

    private static boolean startedBy(ApprovalRows.Row row, Caller caller) {
        return caller.user().value().equals(row.startedBy());
    }

    private boolean mayDecide(ApprovalRows.Row row, ApprovalRequest request, Caller caller, User user) {
        if (!caller.may(Permission.APPROVAL_DECIDE) || request.fourEyes() && startedBy(row, caller)) {
            return false;
        }
        var assignees = assignees(request, step.times(request, row.askedAt()));
        return assignees == null
                || assignees.isEmpty()
                || assignees.stream().anyMatch(assignee -> isMeant(assignee, caller, user));
    }

    /** Null or empty where everybody may decide. After an escalation those of it may as well. */
    private static @Nullable List<String> assignees(ApprovalRequest request, ApprovalTimes times) {
        var assignees = request.assignees();
        return assignees == null || assignees.isEmpty() || !times.isEscalated(Instant.now())
                ? assignees
                : Stream.concat(assignees.stream(), times.escalateTo().stream())
                        .distinct()
                        .toList();
    }

    /** A built-in role means those with more rights as well, a custom one those who have it, by its name or id. */
    private boolean isMeant(String assignee, Caller caller, User user) {
        var text = assignee.strip().toLowerCase(Locale.ROOT);
        if (!text.startsWith("role:")) {
            return text.equals(user.email().toLowerCase(Locale.ROOT));
        }
        var wanted = text.substring("role:".length());
        var builtIn = Arrays.stream(Role.values())
                .filter(role -> role != Role.CUSTOM && role.text().equals(wanted))
                .findFirst();
        return builtIn.isPresent()
                ? caller.role().compareTo(builtIn.get()) <= 0
                : caller.role() == Role.CUSTOM && hasCustomRole(caller, wanted);
    }

    private boolean hasCustomRole(Caller caller, String wanted) {
        return members.find(caller.organization(), caller.user())
                .map(Membership::customRole)
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(wanted)
                        || role.id().toString().equals(wanted))
                .isPresent();
    }

    private Approval approval(ApprovalRows.Row row, Caller caller, User user) {
        var request = shown(row);
        var times = step.times(request, row.askedAt());
        var decision = decision(row.output());
        var status = status(row, decision);
        return new Approval(
                row.id(),
                row.run(),
                row.workflow(),
                row.workflowName(),
                row.elementId(),
                status,
                request.title(),
                request.description(),
                Objects.requireNonNullElse(assignees(request, times), List.of()),
                Objects.requireNonNullElse(request.data(), Map.of()),
                request.form(),
                request.fourEyes(),
                row.askedAt(),
                times.over(),
                status == Approval.Status.WAITING ? times.reminders(Instant.now()) : 0,
                status == Approval.Status.WAITING && times.isEscalated(Instant.now()),
                status == Approval.Status.WAITING && mayDecide(row, request, caller, user),
                decision);
    }

    /** What was asked; of a question that could not even be asked what is known of it. */
    private ApprovalRequest shown(ApprovalRows.Row row) {
        return step.tryRequest(row.input())
                .orElseGet(() -> new ApprovalRequest(
                        String.valueOf(row.input().getOrDefault("title", row.elementId())),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        ApprovalRequest.OnReject.FAIL));
    }

    private static Approval.Status status(ApprovalRows.Row row, Approval.@Nullable Decision decision) {
        if (decision != null) {
            return decision.decision().equals(APPROVE) ? Approval.Status.APPROVED : Approval.Status.REJECTED;
        }
        return row.status().equals(RunStatus.WAITING.text()) ? Approval.Status.WAITING : Approval.Status.CLOSED;
    }

    private static Approval.@Nullable Decision decision(Map<String, Object> output) {
        if (!(output.get("decision") instanceof String decision)
                || !map(output.get("decidedBy")).containsKey("id")) {
            return null;
        }
        return new Approval.Decision(
                decision,
                output.get("comment") instanceof String comment ? comment : null,
                map(output.get("decidedBy")),
                String.valueOf(output.get("decidedAt")),
                map(output.get("data")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
