package dev.cadre.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.identity.internal.TotpCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Thirty secrets go in by the interfaces that people use and are used, also by services that give them back in their failures.
 * None of them is readable afterwards: in no table, no line of a log and no answer.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class CanarySecretsIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private final List<String> canaries = new ArrayList<>();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private TestUser owner;
    private TestRuns runs;
    private TestStub outside;

    @BeforeEach
    void start() {
        outside = TestStub.start().on("/", CanarySecretsIT::givesBack);
        owner = TestUser.register(port);
        runs = new TestRuns(owner);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    /** A service that fails and says with what, as it got it and decoded. */
    private static void givesBack(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        var authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        var key = String.valueOf(exchange.getRequestHeaders().getFirst("X-Api-Key"));
        var plain = authorization.startsWith("Basic ")
                ? new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8)
                : "";
        exchange.getResponseHeaders().add("X-Sent", authorization + " " + key + " " + plain);
        TestStub.json(
                exchange,
                401,
                "{\"ok\":false,\"error\":\"refused %s %s %s\",\"sent\":[\"%s\"]}"
                        .formatted(authorization, key, plain, authorization));
    }

    @Test
    void noneIsReadableInTablesLogsAndAnswers(CapturedOutput output) {
        useConnections();
        useWebhookSecrets();
        useAccounts();
        assertThat(canaries).hasSize(30).doesNotHaveDuplicates();
        lookAtEverything();

        for (var canary : canaries) {
            for (var form : forms(canary)) {
                assertThat(output.getAll()).as("the log").doesNotContain(form);
                answers.forEach((what, body) -> assertThat(body).as(what).doesNotContain(form));
            }
        }
        assertThat(tablesWith(canaries)).isEmpty();
    }

    private String canary() {
        var canary = "canary" + UUID.randomUUID().toString().replace("-", "");
        canaries.add(canary);
        return canary;
    }

    private Answer note(String what, Answer answer) {
        answers.merge(what, answer.body(), String::concat);
        return answer;
    }

    private String connection(String type, Map<String, Object> values) {
        var created = note(
                "create " + type,
                owner.post(
                        "/api/v1/connections",
                        Map.of("name", "c" + UUID.randomUUID(), "type", type, "values", values)));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        var path = "/api/v1/connections/" + created.json().path("id").asString();
        note("get " + path, owner.get(path));
        note("test " + path, owner.post(path + "/test", Map.of()));
        return created.json().path("name").asString();
    }

    private void useConnections() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            names.add(connection("rest", rest("BEARER", canary())));
        }
        for (int i = 0; i < 5; i++) {
            names.add(connection("rest", rest("BASIC", canary())));
        }
        for (int i = 0; i < 3; i++) {
            names.add(connection("rest", rest("API_KEY", canary())));
        }
        connection("slack", Map.of("botToken", "xoxb-" + canary(), "apiAddress", outside.url("/")));
        connection("slack", Map.of("botToken", "xoxb-" + canary(), "apiAddress", outside.url("/")));
        for (var name : names) {
            var run = runs.finished(
                    Bpmn.manual()
                            .connected("call", "rest-call", name, "{\"path\":\"/orders\"}")
                            .end("end")
                            .flow("start", "call", "end"),
                    Map.of());
            assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("failed");
            var id = run.path("id").asString();
            note("run " + id, owner.get("/api/v1/runs/" + id));
            note("tasks " + id, owner.get("/api/v1/runs/" + id + "/tasks"));
            runs.tasks(run)
                    .forEach(task -> note(
                            "logs " + id,
                            owner.get("/api/v1/tasks/" + task.path("id").asString() + "/logs")));
        }
    }

    private Map<String, Object> rest(String authentication, String secret) {
        return Map.of(
                "baseUrl",
                outside.url("/"),
                "authentication",
                authentication,
                "username",
                "ada",
                "headerName",
                "X-Api-Key",
                "secret",
                secret);
    }

    /** Shown by callers, right and wrong. */
    private void useWebhookSecrets() {
        for (var kind : List.of("api-key", "api-key", "basic")) {
            var secret = canary();
            var values = new LinkedHashMap<String, Object>(Map.of("kind", kind, "secret", secret));
            if (kind.equals("basic")) {
                values.put("username", "ada");
            }
            var name = connection("webhook-secret", values);
            var path = "canaries-" + UUID.randomUUID();
            runs.published(Bpmn.startedBy(
                            "webhook",
                            name,
                            "{\"path\":\"%s\",\"method\":\"POST\",\"respond\":\"last-step\",\"authentication\":\"%s\"}"
                                    .formatted(path, kind))
                    .end("end", "{\"all\":\"{{ trigger }}\"}")
                    .flow("start", "end"));
            var shown = kind.equals("basic")
                    ? new String[] {"Authorization", "Basic " + base64("ada:" + secret)}
                    : new String[] {"X-API-Key", secret};
            var answer = note("hook " + path, TestUser.nobody(port).post("/hooks/" + path, Map.of("n", 1), shown));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            note("hook refused", TestUser.nobody(port).post("/hooks/" + path, Map.of(), shown[0], "x" + shown[1]));
        }
    }

    private void useAccounts() {
        var email = UUID.randomUUID() + "@example.com";
        var password = canary();
        var nobody = TestUser.nobody(port);
        note("register", nobody.post("/auth/register", Map.of("email", email, "password", password, "name", "Ada")));
        var signedIn = nobody.post("/auth/login", Map.of("email", email, "password", password));
        assertThat(signedIn.status()).isEqualTo(200);
        var refresh = signedIn.header("Set-Cookie").replaceFirst("(?s)^cadre_refresh=([^;]+).*", "$1");
        canaries.add(refresh);
        var person = nobody.withToken(signedIn.json().path("accessToken").asString());
        var proof = Map.of("password", password);
        var totp = person.post("/api/v1/me/totp", proof).json().path("secret").asString();
        canaries.add(totp);
        var codes = person.post("/api/v1/me/totp/confirm", Map.of("code", TotpCodes.now(totp)))
                .json();
        canaries.add(codes.path("recoveryCodes").path(0).asString());
        var recovery = Map.of("email", email, "password", password, "code", canaries.getLast());
        assertThat(nobody.post("/auth/login", recovery).status()).isEqualTo(200);
        note("login with a used code", nobody.post("/auth/login", recovery));
        var changed = canary();
        note("password", person.post("/api/v1/me/password", Map.of("currentPassword", password, "password", changed)));
        note("wrong password", nobody.post("/auth/login", Map.of("email", email, "password", canary())));
        canaries.remove(canaries.size() - 1);
        note("short password", person.post("/api/v1/me/password", Map.of("currentPassword", changed, "password", "x")));
        var key = owner.post(
                        "/api/v1/api-keys",
                        Map.of(
                                "name",
                                "Key",
                                "scopes",
                                List.of("run:read"),
                                "expiresAt",
                                Instant.now().plusSeconds(86_400).toString()))
                .json()
                .path("key")
                .asString();
        canaries.add(key);
        assertThat(TestUser.nobody(port).withToken(key).get("/api/v1/runs").status())
                .isEqualTo(200);
        canaries.add(signedIn.json().path("accessToken").asString());
        note("me", person.get("/api/v1/me"));
        note("sessions", person.get("/api/v1/me/sessions"));
        note("totp", person.get("/api/v1/me/totp"));
    }

    private void lookAtEverything() {
        for (var path : List.of(
                "/api/v1/connections?limit=200",
                "/api/v1/runs?limit=200",
                "/api/v1/dead-letters?limit=200",
                "/api/v1/workflows?limit=200",
                "/api/v1/triggers",
                "/api/v1/api-keys",
                "/api/v1/audit-events?limit=200",
                "/api/v1/audit-export?format=csv",
                "/api/v1/audit-export?format=jsonl")) {
            var answer = note(path, owner.get(path));
            assertThat(answer.status()).as(path).isEqualTo(200);
        }
    }

    /** As it is, and as it looks in what is encoded, wherever it begins there. */
    private static List<String> forms(String canary) {
        var bytes = canary.getBytes(StandardCharsets.UTF_8);
        var forms = new ArrayList<>(List.of(canary, HexFormat.of().formatHex(bytes)));
        for (int shift = 0; shift < 3; shift++) {
            var text = base64("x".repeat(shift) + canary);
            forms.add(text.substring(4, text.length() - 4));
        }
        return forms;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Every row of every table, whose bytes are hexadecimal there. */
    private List<String> tablesWith(List<String> secrets) {
        var forms =
                secrets.stream().flatMap(one -> forms(one).stream()).distinct().toArray(String[]::new);
        return jdbc
                .sql(
                        "select relname from pg_class where relnamespace = 'cadre'::regnamespace and relkind in ('r', 'p') order by 1")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> jdbc.sql("""
                                select exists (select from %s t, unnest(?::text[]) form where strpos(t::text, form) > 0)""".formatted(table))
                        .param(forms)
                        .query(Boolean.class)
                        .single())
                .toList();
    }
}
