package dev.cadre.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who uses the API of a hub, or of several on one database, as the same person. */
final class Client {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String EMAIL = "bench@example.com";
    private static final String PASSWORD = "bench-bench-bench";
    private static final int UNAUTHORIZED = 401;

    /** An answer as it came. */
    record Answer(int status, @Nullable String retryAfter, String body) {

        Map<String, Object> json() {
            return body.isEmpty() ? Map.of() : JSON.readValue(body, Map.class);
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final int port;
    private volatile @Nullable String token;

    Client(int port) {
        this.port = port;
    }

    /** Once in each database; other clients of it sign in by themselves. */
    void register() throws Exception {
        var answer = call(
                "POST",
                "/auth/register",
                Map.of("email", EMAIL, "password", PASSWORD, "name", "Bench", "organization", "Bench"));
        token = (String) answer.get("accessToken");
    }

    private void signIn() throws IOException, InterruptedException {
        var answer = once("POST", "/auth/login", Map.of("email", EMAIL, "password", PASSWORD));
        if (answer.status() == 200) {
            token = (String) answer.json().get("accessToken");
        }
    }

    /** Creates and publishes a workflow; its id. */
    String publish(String name, String bpmn) throws Exception {
        var workflow = call("POST", "/api/v1/workflows", Map.of("name", name, "bpmnXml", bpmn));
        var id = String.valueOf(workflow.get("id"));
        call("POST", "/api/v1/workflows/" + id + "/publish", Map.of());
        return id;
    }

    /** How many of a workflow's runs have this status, page by page. */
    long count(String workflow, String status) throws Exception {
        return items("/api/v1/runs?limit=200&status=" + status + "&workflowId=" + workflow)
                .size();
    }

    /** All items of a list, page by page. */
    List<Map<String, Object>> items(String path) throws Exception {
        var all = new ArrayList<Map<String, Object>>();
        var next = path;
        while (true) {
            var page = call("GET", next, null);
            for (var item : (List<?>) Objects.requireNonNull(page.get("items"))) {
                all.add(asMap(item));
            }
            if (!(page.get("nextCursor") instanceof String cursor)) {
                return all;
            }
            next = path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object item) {
        return (Map<String, Object>) item;
    }

    Map<String, Object> get(String path) throws Exception {
        return call("GET", path, null);
    }

    /** Anything but success is an exception. */
    Map<String, Object> call(String method, String path, @Nullable Object body) throws Exception {
        var answer = ask(method, path, body);
        if (answer.status() / 100 != 2) {
            throw new IOException(method + " " + path + " answered " + answer.status() + ": " + answer.body());
        }
        return answer.json();
    }

    /** Signs in where it must. */
    Answer ask(String method, String path, @Nullable Object body) throws IOException, InterruptedException {
        var answer = once(method, path, body);
        if (answer.status() == UNAUTHORIZED) {
            signIn();
            answer = once(method, path, body);
        }
        return answer;
    }

    private Answer once(String method, String path, @Nullable Object body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        var known = token;
        if (known != null && !path.startsWith("/auth/") && !path.startsWith("/hooks/")) {
            request.header("Authorization", "Bearer " + known);
        }
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(), answer.headers().firstValue("Retry-After").orElse(null), answer.body());
    }
}
