package dev.cadre.platform.trigger;

import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be wrong with webhooks and schedules. */
public final class TriggerException extends CadreException {

    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Map<String, Object> members;

    private TriggerException(Kind kind, String code, String detail) {
        this(kind, code, detail, Map.of());
    }

    private TriggerException(Kind kind, String code, String detail, Map<String, Object> members) {
        super(kind, code, detail);
        this.members = members;
    }

    private TriggerException(Kind kind, String code, String detail, List<Violation> violations) {
        super(kind, code, detail, violations);
        this.members = Map.of();
    }

    @Override
    public Map<String, Object> members() {
        return members;
    }

    public static TriggerException pathTaken(String method, String path) {
        return new TriggerException(
                Kind.CONFLICT,
                "webhook-path-taken",
                "Another workflow answers " + (method.equals("*") ? "" : method + " ") + "/hooks/" + path
                        + " already: choose another path.");
    }

    public static TriggerException unknownPath(String path) {
        return new TriggerException(Kind.NOT_FOUND, "webhook-unknown", "No published workflow answers " + path + ".");
    }

    public static TriggerException nobodyListens(String path) {
        return new TriggerException(
                Kind.NOT_FOUND,
                "webhook-not-listening",
                "Nobody listens at " + path + ": press Listen in the designer, then call again.");
    }

    /** Says nothing of who it is: they belong to another organization. */
    public static TriggerException listenedElsewhere(String path, Instant until) {
        return new TriggerException(
                Kind.CONFLICT,
                "webhook-listening-taken",
                "/hooks-test/" + path + " is in use: choose another path, or try again in a few minutes.",
                Map.of("expiresAt", until.toString()));
    }

    /** Tells the colleague's name and workflow, so that the two can agree. */
    public static TriggerException listenedByColleague(
            String path, String name, WorkflowId workflow, String workflowName, Instant until) {
        return new TriggerException(
                Kind.CONFLICT,
                "webhook-listening-taken",
                name + " listens to /hooks-test/" + path + " for the workflow \"" + workflowName
                        + "\": wait, choose another path, or take over with ?takeOver=true.",
                Map.of(
                        "listener",
                        name,
                        "workflowId",
                        workflow.toString(),
                        "workflowName",
                        workflowName,
                        "expiresAt",
                        until.toString()));
    }

    public static TriggerException notJson() {
        return new TriggerException(
                Kind.MALFORMED, "webhook-body-not-json", "The body is not the JSON that its Content-Type promises.");
    }

    public static TriggerException tooLarge(long limit) {
        return new TriggerException(
                Kind.TOO_LARGE, "webhook-body-too-large", "A webhook's body may have at most " + limit + " bytes.");
    }

    public static TriggerException unsupported(String type) {
        return new TriggerException(
                Kind.UNSUPPORTED,
                "webhook-body-unsupported",
                "Send JSON, a form or text; " + type + " is not understood.");
    }

    public static TriggerException notMultipart() {
        return new TriggerException(
                Kind.UNSUPPORTED,
                "webhook-body-unsupported",
                "Send a form as multipart/form-data: this webhook takes nothing else.");
    }

    public static TriggerException brokenMultipart() {
        return new TriggerException(
                Kind.MALFORMED,
                "webhook-body-not-multipart",
                "The body is not the multipart form that its Content-Type promises.");
    }

    public static TriggerException tooManyParts(int limit) {
        return new TriggerException(
                Kind.TOO_LARGE, "webhook-body-too-large", "A form may have at most " + limit + " parts here.");
    }

    public static TriggerException fileTooLarge(long limit) {
        return new TriggerException(
                Kind.TOO_LARGE,
                "webhook-body-too-large",
                "A file of a form may have at most " + limit + " bytes here.");
    }

    /** The same whatever is wrong: nobody finds out by trying. */
    public static TriggerException unproven() {
        return new TriggerException(
                Kind.UNAUTHENTICATED,
                "webhook-unauthenticated",
                "The request does not prove that it comes from somebody who may call this webhook.");
    }

    public static TriggerException foreignAddress() {
        return new TriggerException(
                Kind.FORBIDDEN, "webhook-address-refused", "This webhook may not be called from your address.");
    }

    public static TriggerException foreignPage() {
        return new TriggerException(
                Kind.FORBIDDEN,
                "webhook-origin-refused",
                "Pages of this origin may not call this webhook, or not in this way.");
    }

    public static TriggerException replayed() {
        return new TriggerException(
                Kind.CONFLICT, "webhook-replayed", "This signed request was accepted before: it has no second effect.");
    }

    public static TriggerException uncorrelated() {
        return new TriggerException(
                Kind.INVALID,
                "webhook-not-correlated",
                "The request does not hold the value that says which run it is for.");
    }

    public static TriggerException notAwaited() {
        return new TriggerException(
                Kind.CONFLICT,
                "webhook-not-awaited",
                "No run waits for a request with this value: it is told nobody, also not later.");
    }

    public static TriggerException startsElsewhere() {
        return new TriggerException(
                Kind.UNAVAILABLE,
                "webhook-starting",
                "The same signed request is just being accepted: send it again later.");
    }

    public static TriggerException notReady() {
        return new TriggerException(
                Kind.UNAVAILABLE,
                "webhook-not-ready",
                "This webhook can't check its callers at the moment: try again later.");
    }

    @Override
    public @Nullable Duration retryAfter() {
        return kind() == Kind.UNAVAILABLE ? WAIT : null;
    }

    public static TriggerException runFailed(RunId run, String code, String message) {
        // what a fault says is about code, which is not the caller's business
        var told = code.equals("STEP_FAULT") ? "a step failed unexpectedly" : message;
        return new TriggerException(
                Kind.INVALID,
                "run-failed",
                "The run failed with " + code + ": " + told,
                Map.of("runId", run.toString(), "error", Map.of("code", code, "message", told)));
    }

    public static TriggerException runCancelled() {
        return new TriggerException(Kind.CONFLICT, "run-cancelled", "The run was cancelled before it could answer.");
    }

    public static TriggerException noWebhook() {
        return new TriggerException(
                Kind.CONFLICT,
                "workflow-has-no-webhook",
                "The draft does not start with a webhook: there is nothing to listen to.");
    }

    public static TriggerException scheduleNotFound() {
        return new TriggerException(
                Kind.NOT_FOUND, "schedule-not-found", "No published workflow of this organization has this schedule.");
    }

    public static TriggerException scheduleInvalid(List<Violation> violations) {
        var what = violations.stream()
                .map(wrong -> wrong.pointer().isEmpty()
                        ? wrong.message()
                        : wrong.pointer().substring(1) + " " + wrong.message())
                .collect(Collectors.joining("; "));
        return new TriggerException(Kind.INVALID, "schedule-invalid", "The schedule is not valid: " + what, violations);
    }
}
