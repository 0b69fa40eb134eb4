package dev.cadre.spi;

import dev.cadre.spi.http.HttpClient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a step may use while it works. Valid on the calling thread, during the call only.
 *
 * @since 0.1
 */
public interface StepContext {

    /** Id of the run, a UUID in text. */
    String runId();

    /** Id of the drawn element. */
    String elementId();

    /** The same for every attempt at the same work: send it where the other side understands idempotency keys. */
    String idempotencyKey();

    /** 1 for the first attempt. */
    int attempt();

    /** When the first attempt began; the same for every attempt. */
    Instant startedAt();

    /** Writes a line to the task's log; lines over the task's limit are counted and dropped. */
    void log(String message);

    /** An HTTP client that reaches only what the egress guard allows. Not available to instant tools. */
    HttpClient http();

    /**
     * Returns at once when {@code time} has passed. Otherwise ends this call by an exception that must not be caught:
     * the platform releases the thread and calls the step again, with the same input, when the time has come.
     */
    void waitUntil(Instant time);

    /** Answers the HTTP caller who waits for this run, if there is one; the first answer counts. */
    void respond(int status, java.util.Map<String, String> headers, @Nullable Object body);
}
