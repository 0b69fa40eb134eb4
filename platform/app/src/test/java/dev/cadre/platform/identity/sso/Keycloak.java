package dev.cadre.platform.identity.sso;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real identity server, in a process of its own: the distribution that the build has unpacked, with an empty database in
 * memory and the realms of the tests. It is started as it was built by its makers: to build it for a database of one's own,
 * as its scripts would, takes longer than everything here.
 */
final class Keycloak implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String ADMIN = "admin";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    final String url;

    private Keycloak(Process process, Path log, String url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    static Keycloak start() {
        try {
            var home = home();
            int port = freePort();
            var url = "http://127.0.0.1:" + port;
            var work = Files.createTempDirectory("keycloak");
            var realms = Files.createDirectories(work.resolve("data/import"));
            for (var realm : List.of("company-realm.json", "partner-realm.json")) {
                Files.writeString(realms.resolve(realm), resource(realm).replace("@URL@", url));
            }
            // it wants to write below its home: what it only reads stays where the build has put it
            for (var part : List.of("lib", "providers", "conf", "themes", "version.txt")) {
                if (Files.exists(home.resolve(part))) {
                    Files.createSymbolicLink(
                            work.resolve(part), home.resolve(part).toAbsolutePath());
                }
            }
            var log = work.resolve("log.txt");
            var builder = new ProcessBuilder(command(work, port));
            builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
            builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
            builder.redirectErrorStream(true).redirectOutput(log.toFile()).directory(work.toFile());
            var keycloak = new Keycloak(builder.start(), log, url);
            Runtime.getRuntime().addShutdownHook(new Thread(keycloak.process::destroyForcibly));
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path home, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dkc.config.built=true",
                "-Dkc.home.dir=" + home,
                "-Djgroups.bind.address=127.0.0.1",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start",
                "--import-realm",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname-strict=false",
                "--db-url=jdbc:h2:mem:keycloak;DB_CLOSE_DELAY=-1;NON_KEYWORDS=VALUE",
                "--log-level=warn");
    }

    private static Path home() throws IOException {
        var given = System.getProperty("cadre.test.keycloak");
        if (given != null) {
            return Path.of(given);
        }
        try (var found = Files.list(Path.of("target/keycloak"))) {
            return found.filter(path -> path.getFileName().toString().startsWith("keycloak-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IOException(
                    "There is no Keycloak in target/keycloak: ./mvnw pre-integration-test puts it there.", e);
        }
    }

    private static String resource(String realm) throws IOException {
        try (var in = Objects.requireNonNull(Keycloak.class.getResourceAsStream("/keycloak/" + realm))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void awaitReady() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("Keycloak has ended: " + Files.readString(log));
            }
            try {
                return get("/realms/company/.well-known/openid-configuration").statusCode() == 200;
            } catch (UncheckedIOException e) {
                if (e.getCause() instanceof ConnectException) {
                    return false;
                }
                throw e;
            }
        });
    }

    String issuer() {
        return url + "/realms/company";
    }

    /** Changes something as the identity server's administrator. */
    JsonNode administer(String method, String path, Object body) {
        var request = HttpRequest.newBuilder(URI.create(url + "/admin/realms/" + path))
                .header("Authorization", "Bearer " + adminToken())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        var answer = send(request);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private String adminToken() {
        var form = Map.of("grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", ADMIN);
        var request = HttpRequest.newBuilder(URI.create(url + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        return JSON.readTree(send(request).body()).path("access_token").asString();
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
