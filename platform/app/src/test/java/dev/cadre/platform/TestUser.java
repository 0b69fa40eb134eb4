package dev.cadre.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person who uses the hub over real HTTP: signs up with an organization and sends requests with the token. */
public final class TestUser {

    public static final String PASSWORD = "correct horse battery";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    /** An answer with its body as text and as JSON. */
    public record Answer(int status, HttpResponse<String> response) {
        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private final int port;
    private final JsonNode registration;
    private String token;

    private TestUser(int port, JsonNode registration) {
        this.port = port;
        this.registration = registration;
        this.token = registration.path("accessToken").asString("");
    }

    /** Signs somebody up with an e-mail and an organization that nobody else has. */
    public static TestUser register(int port) {
        var email = UUID.randomUUID() + "@example.com";
        var answer = nobody(port)
                .post(
                        "/auth/register",
                        Map.of(
                                "email",
                                email,
                                "password",
                                PASSWORD,
                                "name",
                                "Ada",
                                "organization",
                                "Analytical Engines"));
        if (answer.status() != 201) {
            throw new IllegalStateException("Can't register: " + answer.status() + " " + answer.body());
        }
        return new TestUser(port, answer.json());
    }

    /** Somebody without a token. */
    public static TestUser nobody(int port) {
        return new TestUser(port, JSON.createObjectNode());
    }

    /** A colleague who belongs to this user's organization in the given role, with a token for it. */
    public TestUser colleague(String role) {
        var colleague = register(port);
        require(201, post("/api/v1/organizations/members", Map.of("email", colleague.email(), "role", role)));
        var switched = require(200, colleague.post("/api/v1/organizations/" + organization() + "/switch", Map.of()));
        colleague.token = switched.json().path("accessToken").asString();
        return colleague;
    }

    public String token() {
        return token;
    }

    /** The same person, with the same token, at another node of the installation. */
    public TestUser at(int otherPort) {
        var there = new TestUser(otherPort, registration);
        there.token = token;
        return there;
    }

    public TestUser withToken(String other) {
        var changed = new TestUser(port, registration);
        changed.token = other;
        return changed;
    }

    public String email() {
        return registration.path("user").path("email").asString();
    }

    public String id() {
        return registration.path("user").path("id").asString();
    }

    public String organization() {
        return registration.path("organization").path("id").asString();
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer post(String path, Object body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Answer put(String path, Object body, String... headers) {
        return send("PUT", path, body, headers);
    }

    public Answer patch(String path, Object body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /** A body that is text is sent as it is, everything else as JSON. */
    public Answer send(String method, String path, Object body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (!token.isEmpty()) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.setHeader("Content-Type", "application/json");
            request.method(
                    method,
                    BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body)));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a file as a form does. */
    public Answer upload(String path, String field, String fileName, byte[] content) {
        var boundary = UUID.randomUUID().toString();
        var head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                + fileName + "\"\r\nContent-Type: application/java-archive\r\n\r\n";
        var tail = "\r\n--" + boundary + "--\r\n";
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(content),
                        BodyPublishers.ofString(tail)))
                .build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer require(int status, Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("Expected " + status + ": " + answer.status() + " " + answer.body());
        }
        return answer;
    }
}
