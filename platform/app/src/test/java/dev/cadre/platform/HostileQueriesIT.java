package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Every operation that reads × every parameter of it × what nobody should send: never a 5xx, always a problem. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class HostileQueriesIT {

    /** As they stand in a URL. */
    private static final List<String> HOSTILE = hostile();

    private record Operation(String path, List<String> inPath, List<String> inQuery) {}

    @LocalServerPort
    int port;

    private TestUser user;
    private Map<String, String> existing;

    @BeforeEach
    void everyResourceExists() {
        user = TestUser.register(port);
        var xml = Bpmn.manual().end("done").flow("start", "done").xml();
        var workflow = created("/api/v1/workflows", Map.of("name", "w", "bpmnXml", xml));
        created("/api/v1/workflows/" + workflow + "/publish", Map.of());
        var run = user.post("/api/v1/workflows/" + workflow + "/run?wait=20", Map.of())
                .json()
                .at("/run/id")
                .asString();
        existing = Map.of(
                "/api/v1/workflows/", workflow,
                "/api/v1/runs/", run,
                "/api/v1/organizations/", user.organization());
    }

    @Test
    void noQueryParameterBreaksAnything() {
        var paths = new ArrayList<String>();
        for (var operation : operations()) {
            for (var parameter : operation.inQuery()) {
                HOSTILE.forEach(value -> paths.add(real(operation) + "?" + parameter + "=" + value));
                paths.add(real(operation) + "?" + parameter + "=a&" + parameter + "=b");
                paths.add(real(operation) + "?" + parameter);
            }
            paths.add(real(operation) + "?unknown=%00&=&&%00=1");
        }
        assertNothingBreaks(paths);
    }

    @Test
    void noPathVariableBreaksAnything() {
        var paths = new ArrayList<String>();
        for (var operation : operations()) {
            for (var name : operation.inPath()) {
                for (var value : HOSTILE) {
                    var path = operation.path().replace("{" + name + "}", value);
                    paths.add(path.replaceAll("\\{[^}]+}", "1"));
                }
            }
        }
        assertNothingBreaks(paths);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/runs?q=%00, 422",
        "/api/v1/workflows?q=%00, 422",
        "/api/v1/runs?status=done, 400",
        "/api/v1/runs?from=%2B1000000000-12-31T23:59:59Z, 400",
        "/api/v1/runs?to=-1000000000-01-01T00:00:00Z, 400",
        "/api/v1/runs?from=%2B294277-01-01T00:00:00Z, 400",
        "/api/v1/runs?from=yesterday, 400",
        "/api/v1/runs?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z, 200",
        "/api/v1/runs?from=2026-11-25T08:00:00.123%2B02:00, 200",
        "/api/v1/runs?limit=0, 400",
        "/api/v1/runs?limit=-1, 400",
        "/api/v1/runs?limit=201, 400",
        "/api/v1/runs?limit=99999999999999999999, 400",
        "/api/v1/runs?cursor=garbage, 400",
        "/api/v1/runs?workflowId=1, 400",
        "/oauth/callback?state=%00&code=%00, 400"
    })
    void saysWhichParameterIsWrong(String path, int status) {
        var answer = user.get(path);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 400 && path.startsWith("/api")) {
            var parameter = path.substring(path.indexOf('?') + 1, path.indexOf('='));
            assertThat(answer.json().at("/violations/0/pointer").asString()).isEqualTo("/" + parameter);
            assertThat(answer.json().at("/violations/0/message").asString()).isNotBlank();
        }
    }

    @Test
    void whatWaitsAndWhatIsTriedAreSweptToo() {
        var softly = new SoftAssertions();
        var workflow = "/api/v1/workflows/" + existing.get("/api/v1/workflows/");
        for (var value : HOSTILE) {
            var waited = user.post(workflow + "/run?wait=" + value, Map.of());
            softly.assertThat(waited.status()).as("wait=" + value).isLessThan(500);
            var tried = user.post(workflow + "/steps/" + value + "/test", Map.of());
            softly.assertThat(tried.status()).as("step " + value).isBetween(400, 499);
        }
        softly.assertAll();
    }

    /** Asks for all of them, several at a time. */
    private void assertNothingBreaks(List<String> paths) {
        assertThat(paths).hasSizeGreaterThan(300);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var asked = paths.stream()
                    .map(path -> CompletableFuture.supplyAsync(() -> fault(path, user.get(path)), threads))
                    .toList();
            assertThat(asked.stream().map(CompletableFuture::join).flatMap(Optional::stream))
                    .isEmpty();
        }
    }

    /** What is wrong with the answer; nothing where it is a good one, or a good problem. */
    private static Optional<String> fault(String path, TestUser.Answer answer) {
        boolean problem = answer.header("Content-Type").startsWith("application/problem+json");
        boolean telling = Stream.of("Exception", "dev.cadre", "ERROR:").anyMatch(answer.body()::contains);
        boolean good = answer.status() < 400 || (answer.status() < 500 && problem && !telling);
        return good ? Optional.empty() : Optional.of(path + ": " + answer.status() + "\n" + answer.body());
    }

    /** The operation's path with the id of something that is there, where there is one. */
    private String real(Operation operation) {
        var path = operation.path();
        for (var known : existing.entrySet()) {
            path = path.replace(known.getKey() + "{id}", known.getKey() + known.getValue());
        }
        return path.replace("{version}", "1").replaceAll("\\{[^}]+}", "00000000-0000-7000-8000-000000000000");
    }

    private List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        var paths = user.get("/v3/api-docs").json().path("paths");
        paths.forEachEntry((path, methods) -> {
            if (methods.has("get")) {
                var names = new LinkedHashMap<String, String>();
                methods.path("get")
                        .path("parameters")
                        .forEach(parameter -> names.put(
                                parameter.path("name").asString(),
                                parameter.path("in").asString()));
                operations.add(new Operation(path, named(names, "path"), named(names, "query")));
            }
        });
        return operations;
    }

    private static List<String> named(Map<String, String> names, String in) {
        return names.keySet().stream()
                .filter(name -> in.equals(names.get(name)))
                .toList();
    }

    private String created(String path, Object body) {
        JsonNode answer = user.post(path, body).json();
        return answer.path("id").asString("");
    }

    private static List<String> hostile() {
        var plain = List.of(
                "a\0b",
                "\0",
                "x".repeat(3_000),
                "x".repeat(10_000),
                "😀",
                "\uFFFF",
                "\u202E\u0007",
                " ",
                "\r\nSet-Cookie: a=b",
                "-1",
                "0",
                "2147483648",
                "-9223372036854775809",
                "99999999999999999999",
                "1e999",
                "NaN",
                "1.5",
                "١٢",
                "0000-01-01T00:00:00Z",
                "-9999-12-31T23:59:59Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z",
                "+294277-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "2026-02-30T00:00:00Z",
                "2026-11-25",
                "' or 1=1 --",
                "%",
                "_",
                "\\",
                "${7*7}",
                "{{ 1 }}",
                "../../etc/passwd",
                "<script>",
                "[]",
                "{}",
                "null",
                "true",
                "AAAAAAAAAAAAAAAAAAAAAAAA",
                "00000000-0000-0000-0000-000000000000");
        var encoded = new ArrayList<>(plain.stream()
                .map(value -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"))
                .toList());
        encoded.addAll(List.of("", "%FF%FE", "%ED%A0%80", "%C0%80", "%2500"));
        return encoded;
    }
}
