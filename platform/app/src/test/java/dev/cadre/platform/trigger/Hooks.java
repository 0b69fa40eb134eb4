package dev.cadre.platform.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who publishes webhooks that answer with what their workflow sees, and calls them. */
final class Hooks {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final TestUser user;
    final String path = "hook/" + UUID.randomUUID();
    private final int port;

    Hooks(int port) {
        this(port, TestUser.register(port));
    }

    Hooks(int port, TestUser user) {
        this.port = port;
        this.user = user;
    }

    /** A connection of type webhook-secret; answers its id. */
    String secret(String name, Map<String, Object> values) {
        var created =
                user.post("/api/v1/connections", Map.of("name", name, "type", "webhook-secret", "values", values));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    /** {@code settings} without braces, after the path. */
    Bpmn file(String connection, String settings) {
        var text = "{\"path\":\"" + path + "\",\"respond\":\"last-step\"" + (settings.isEmpty() ? "" : "," + settings)
                + "}";
        var started =
                connection == null ? Bpmn.startedBy("webhook", text) : Bpmn.startedBy("webhook", connection, text);
        return started.end("done", "{\"trigger\":\"{{ trigger }}\"}").flow("start", "done");
    }

    String create(Bpmn file) {
        var created = user.post("/api/v1/workflows", Map.of("name", "hook", "bpmnXml", file.xml()));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    String publish(String connection, String settings) {
        var id = create(file(connection, settings));
        var published = user.post("/api/v1/workflows/" + id + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
        return id;
    }

    record Answer(int status, HttpResponse<String> response) {
        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        String code() {
            return json().path("code").asString();
        }

        JsonNode trigger() {
            assertThat(status).as(response.body()).isEqualTo(200);
            return json().path("trigger");
        }

        String header(String name) {
            return String.join(", ", response.headers().allValues(name));
        }
    }

    Answer post(String body, String... headers) {
        return send("POST", "/hooks/" + path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer send(String method, String address, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + address))
                .method(method, BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int runs() {
        return user.get("/api/v1/runs?limit=200").json().path("items").size();
    }

    static String hex(String secret, String payload) {
        return HexFormat.of()
                .formatHex(mac(secret.getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] mac(byte[] secret, byte[] payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
