package dev.cadre.plugin.httprequest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.testkit.ToolContractTest;
import dev.cadre.testkit.ToolHarness;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRequestToolTest extends ToolContractTest {

    record Seen(String method, URI uri, Headers headers, String body) {}

    final ToolHarness<?, ?> harness = new ToolHarness<>(new HttpRequestTool());
    HttpServer server;
    Seen seen;

    HttpRequestToolTest() {
        super(new HttpRequestTool());
    }

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        harness.close();
    }

    void answers(int status, Map<String, String> headers, String body) {
        server.createContext("/", exchange -> {
            seen = new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            headers.forEach(exchange.getResponseHeaders()::set);
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    Map<String, Object> call(String path, Map<String, Object> more) throws Exception {
        var input = new HashMap<>(more);
        input.put("url", "http://127.0.0.1:" + server.getAddress().getPort() + path);
        return harness.run(input);
    }

    @Test
    void readsJson() throws Exception {
        answers(200, Map.of("Content-Type", "application/json; charset=utf-8"), "{\"total\":50}");

        var output = call("/orders", Map.of());

        assertThat(output).containsEntry("status", 200).containsEntry("body", Map.of("total", 50));
        assertThat((Map<String, Object>) output.get("headers"))
                .containsEntry("content-type", "application/json; charset=utf-8");
        assertThat(seen.method()).isEqualTo("GET");
    }

    @Test
    void leavesOtherBodiesAsText() throws Exception {
        answers(200, Map.of("Content-Type", "text/csv"), "a,b");

        assertThat(call("/", Map.of())).containsEntry("body", "a,b");
    }

    @Test
    void sendsHeadersQueryAndJsonBodyUnderTheIdempotencyKey() throws Exception {
        answers(204, Map.of(), "");

        var output = call(
                "/orders?a=1",
                Map.of(
                        "method", "POST",
                        "headers", Map.of("X-Trace", "t1"),
                        "query", Map.of("tag", List.of("x y", "é&")),
                        "body", Map.of("id", "A1")));

        assertThat(output).containsEntry("status", 204).containsEntry("body", null);
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.uri().getRawQuery()).isEqualTo("a=1&tag=x%20y&tag=%C3%A9%26");
        assertThat(seen.body()).isEqualTo("{\"id\":\"A1\"}");
        assertThat(seen.headers().getFirst("X-Trace")).isEqualTo("t1");
        assertThat(seen.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(seen.headers().getFirst("Idempotency-Key")).isEqualTo("test-idempotency-key");
    }

    @Test
    void keepsTheUsersOwnIdempotencyKeyAndContentType() throws Exception {
        answers(200, Map.of(), "ok");

        call(
                "/",
                Map.of(
                        "method", "PUT",
                        "headers", Map.of("idempotency-key", "mine", "content-type", "application/xml"),
                        "body", "<a/>"));

        assertThat(seen.headers().get("Idempotency-Key")).containsExactly("mine");
        assertThat(seen.headers().get("Content-Type")).containsExactly("application/xml");
        assertThat(seen.body()).isEqualTo("<a/>");
    }

    @Test
    void asksForARetryWhenTheServerMayRecover() {
        answers(429, Map.of("Retry-After", "7"), "slow down");

        assertThatExceptionOfType(Retryable.class)
                .isThrownBy(() -> call("/", Map.of()))
                .withMessageContaining("slow down")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("HTTP_429"))
                .satisfies(failure -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void asksForARetryAfterADate() {
        answers(503, Map.of("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"), "");

        assertThatExceptionOfType(Retryable.class)
                .isThrownBy(() -> call("/", Map.of()))
                .satisfies(failure -> assertThat(failure.retryAfter()).isEqualTo(Duration.ZERO));
    }

    @Test
    void givesUpWhenTheServerRefuses() {
        answers(404, Map.of(), "no such order");

        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> call("/", Map.of()))
                .withMessageContaining("no such order")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("HTTP_404"));
    }

    @Test
    void acceptsAStatusThatIsNamed() throws Exception {
        answers(404, Map.of(), "no such order");

        assertThat(call("/", Map.of("acceptStatus", List.of(404)))).containsEntry("status", 404);
    }

    @Test
    void refusesJsonThatIsNone() {
        answers(200, Map.of("Content-Type", "application/problem+json"), "<html>");

        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> call("/", Map.of()))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("HTTP_INVALID_JSON"));
    }

    @Test
    void refusesStrangeInputs() {
        for (var input : List.<Map<String, Object>>of(
                Map.of("url", "file:///etc/passwd"),
                Map.of("url", "http://"),
                Map.of("url", "http://exa mple.org"),
                Map.of("url", "https://example.org", "timeout", "PT0S"),
                Map.of("url", "https://example.org", "timeout", "PT1H"),
                Map.of("url", "https://example.org", "method", "CONNECT"))) {
            assertThatExceptionOfType(Rejected.class)
                    .as("%s", input)
                    .isThrownBy(() -> harness.run(input))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo("INVALID_INPUT"));
        }
    }
}
