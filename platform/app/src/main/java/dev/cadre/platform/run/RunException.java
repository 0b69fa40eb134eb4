package dev.cadre.platform.run;

import dev.cadre.platform.shared.CadreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a request about runs. */
public final class RunException extends CadreException {

    private RunException(Kind kind, String code, String detail) {
        super(kind, code, detail);
    }

    private RunException(List<Violation> violations) {
        super(Kind.INVALID, "invalid-input", "The input is not valid: see violations.", violations);
    }

    public static RunException notFound() {
        return new RunException(Kind.NOT_FOUND, "run-not-found", "There is no such run in this organization.");
    }

    public static RunException taskNotFound() {
        return new RunException(Kind.NOT_FOUND, "task-not-found", "There is no such task in this organization.");
    }

    public static RunException noSuchStep(String elementId) {
        return new RunException(
                Kind.NOT_FOUND, "step-not-found", "The draft has no step \"" + elementId + "\" that could be tried.");
    }

    public static RunException ended(RunStatus status) {
        return new RunException(
                Kind.CONFLICT, "run-ended", "The run has " + status.text() + " already and can't be cancelled.");
    }

    public static RunException endedCannotPause(RunStatus status) {
        return new RunException(
                Kind.CONFLICT, "run-ended", "The run has " + status.text() + " already and can't be paused.");
    }

    public static RunException paused() {
        return new RunException(Kind.CONFLICT, "run-paused", "The run is paused: resume it first.");
    }

    public static RunException timeIsOver() {
        return new RunException(
                Kind.CONFLICT,
                "run-not-retryable",
                "The run ran out of its time, and what it was doing was cancelled: start a new one.");
    }

    public static RunException nothingToDecide() {
        return new RunException(
                Kind.CONFLICT,
                "task-not-undecided",
                "The task waits for no decision: its outcome is known, or somebody has decided already.");
    }

    public static RunException notFailed(RunStatus status) {
        return new RunException(
                Kind.CONFLICT,
                "run-not-failed",
                "Only a failed run can be retried; this one is " + status.text() + ".");
    }

    public static RunException inputs(@Nullable String detail) {
        return new RunException(
                Kind.INVALID, "run-inputs-invalid", "The failed step's inputs can't be resolved: " + detail);
    }

    public static RunException approvalNotFound() {
        return new RunException(
                Kind.NOT_FOUND, "approval-not-found", "There is no such approval in this organization.");
    }

    public static RunException decided() {
        return new RunException(
                Kind.CONFLICT, "approval-decided", "Nobody is asked any more: it was decided, or its run went on.");
    }

    public static RunException notAssigned(boolean ownRun) {
        return new RunException(
                Kind.FORBIDDEN,
                "approval-not-yours",
                ownRun
                        ? "You started the run: somebody else must decide."
                        : "You are not among those who may decide this.");
    }

    public static RunException approvalInvalid(List<String> problems) {
        return new RunException(
                Kind.INVALID,
                "approval-arguments-invalid",
                "The corrections do not fit: " + String.join("; ", problems));
    }

    public static RunException movedMeanwhile() {
        return new RunException(
                Kind.CONFLICT, "run-moved", "The run went on at this very moment: look at it again and repeat.");
    }

    public static RunException unknownResumption() {
        return new RunException(
                Kind.NOT_FOUND, "resumption-unknown", "This address is of no run: take it from run.resume of the run.");
    }

    public static RunException notWaiting() {
        return new RunException(
                Kind.CONFLICT,
                "run-not-waiting",
                "The run does not wait for this: it has not come so far yet, or has gone on already.");
    }

    public static RunException nobodyWaits(String message) {
        return new RunException(
                Kind.CONFLICT,
                "message-not-awaited",
                "No run waits for the message \"" + message + "\" with this key.");
    }

    public static RunException invalid(List<Violation> violations) {
        return new RunException(violations);
    }

    public static RunException invalid(String detail) {
        return new RunException(Kind.INVALID, "run-request-invalid", detail);
    }

    public static RunException malformed(String detail) {
        return new RunException(Kind.MALFORMED, "run-request-malformed", detail);
    }
}
