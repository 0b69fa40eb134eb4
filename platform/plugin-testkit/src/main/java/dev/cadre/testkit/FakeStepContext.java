package dev.cadre.testkit;

import dev.cadre.spi.StepContext;
import dev.cadre.spi.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A step's context for tests: remembers what the step logged, answered and waited for; its HTTP client is real. */
public final class FakeStepContext implements StepContext {

    /** Thrown by {@link #waitUntil}, as the platform ends the call there too. */
    public static final class Waits extends RuntimeException {
        private final Instant until;

        Waits(Instant until) {
            super("Waits until " + until, null, false, false);
            this.until = until;
        }

        public Instant until() {
            return until;
        }
    }

    /** What a step answered to the HTTP caller. */
    public record Response(
            int status,
            Map<String, String> headers,
            @Nullable Object body) {}

    private final List<String> logs = new CopyOnWriteArrayList<>();
    private final List<Response> responses = new CopyOnWriteArrayList<>();
    private final HttpClient http = new PlainHttpClient();
    private final Instant startedAt;

    public FakeStepContext() {
        this(Instant.now());
    }

    /** {@code startedAt} is when the step's first attempt began. */
    public FakeStepContext(Instant startedAt) {
        this.startedAt = startedAt;
    }

    public List<String> logs() {
        return List.copyOf(logs);
    }

    public List<Response> responses() {
        return List.copyOf(responses);
    }

    @Override
    public String runId() {
        return "019c0000-0000-7000-8000-000000000001";
    }

    @Override
    public String elementId() {
        return "step";
    }

    @Override
    public String idempotencyKey() {
        return "test-idempotency-key";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public void log(String message) {
        logs.add(message);
    }

    @Override
    public HttpClient http() {
        return http;
    }

    @Override
    public void waitUntil(Instant time) {
        if (time.isAfter(Instant.now())) {
            throw new Waits(time);
        }
    }

    @Override
    public void respond(int status, Map<String, String> headers, @Nullable Object body) {
        responses.add(new Response(status, headers, body));
    }
}
