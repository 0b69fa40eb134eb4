package dev.cadre.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A hub in a process of its own, with its own embedded PostgreSQL and data. */
final class Hub implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path home;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private @Nullable String token;
    private double secondsToReady;

    private Hub(Path home, int port, Process process) {
        this.home = home;
        this.port = port;
        this.process = process;
    }

    static Hub start(Path jar, Path home, String... jvm) throws Exception {
        int port;
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        var hub = new Hub(home, port, launch(jar, home, port, jvm));
        hub.awaitReady();
        return hub;
    }

    private static Process launch(Path jar, Path home, int port, String... jvm) throws IOException {
        Files.createDirectories(home);
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(jvm));
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        var builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "CADRE_HOME", home.toString(),
                        "CADRE_PORT", Integer.toString(port),
                        "CADRE_EGRESS_ALLOW", "127.0.0.1"));
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("hub.log").toFile()));
        return builder.start();
    }

    private void awaitReady() throws Exception {
        long begin = System.nanoTime();
        var request = HttpRequest.newBuilder(uri("/actuator/health/readiness")).build();
        while (System.nanoTime() - begin < 120e9) {
            if (!process.isAlive()) {
                throw new IOException("The hub ended: see " + home.resolve("hub.log"));
            }
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    secondsToReady = (System.nanoTime() - begin) / 1e9;
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(50);
        }
        throw new IOException("The hub was not ready within 120 s");
    }

    double secondsToReady() {
        return secondsToReady;
    }

    int port() {
        return port;
    }

    /** Resident memory in MB, of the hub's process alone. */
    long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** CPU seconds that the hub's process has used. */
    double cpuSeconds() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    /** Used heap after a collection, in MB. */
    long heapMegabytes() throws Exception {
        var jcmd = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/jcmd", Long.toString(process.pid()), "GC.class_histogram")
                .start();
        var text = new String(jcmd.getInputStream().readAllBytes());
        jcmd.waitFor();
        var total = text.lines().filter(line -> line.startsWith("Total")).findFirst().orElse("Total 0 0");
        return Long.parseLong(total.strip().split("\\s+")[2]) / 1024 / 1024;
    }

    void register() throws Exception {
        var answer = call("POST", "/auth/register", Map.of(
                "email", "bench@example.com", "password", "bench-bench-bench", "name", "Bench", "organization", "Bench"));
        token = (String) answer.get("accessToken");
    }

    /** Creates and publishes a workflow; its id. */
    String publish(String name, String bpmn) throws Exception {
        var workflow = call("POST", "/api/v1/workflows", Map.of("name", name, "bpmnXml", bpmn));
        var id = String.valueOf(workflow.get("id"));
        call("POST", "/api/v1/workflows/" + id + "/publish", Map.of());
        return id;
    }

    Map<String, Object> get(String path) throws Exception {
        return call("GET", path, null);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> call(String method, String path, @Nullable Object body) throws Exception {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body().isEmpty() ? Map.of() : JSON.readValue(answer.body(), Map.class);
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** Ends the process at once, as a power cut would. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    /** Starts again on the same data and port. */
    void restart(Path jar) throws Exception {
        process = launch(jar, home, port);
        awaitReady();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
