package dev.cadre.platform.connector.internal;

import dev.cadre.spi.StepContext;
import dev.cadre.spi.http.HttpClient;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an operation gets that runs to test a connection, outside of any run. */
record TestContext(String idempotencyKey, Instant startedAt, HttpClient http) implements StepContext {

    static TestContext create(HttpClient http) {
        return new TestContext("test-" + UUID.randomUUID(), Instant.now(), http);
    }

    @Override
    public String runId() {
        return new UUID(0, 0).toString();
    }

    @Override
    public String elementId() {
        return "connection-test";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void log(String message) {}

    @Override
    public void waitUntil(Instant time) {
        throw new UnsupportedOperationException("The test of a connection does not wait.");
    }

    @Override
    public void respond(int status, Map<String, String> headers, @Nullable Object body) {
        throw new UnsupportedOperationException("The test of a connection answers nobody.");
    }
}
