package dev.cadre.platform;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The packaged hub in a process of its own, which can be killed. */
public final class HubProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target/cadre.jar");

    private final Path home;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    private HubProcess(Path home, int port, Map<String, String> environment) throws Exception {
        this.home = home;
        this.port = port;
        this.environment = environment;
        this.process = launch();
        awaitReady();
    }

    /** Starts several at once. */
    public static List<HubProcess> start(List<Path> homes, Map<String, String> environment) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starting = homes.stream()
                    .map(home -> threads.submit(() -> start(home, environment)))
                    .toList();
            var started = new ArrayList<HubProcess>();
            for (var one : starting) {
                started.add(one.get());
            }
            return started;
        }
    }

    public static HubProcess start(Path home, Map<String, String> environment) throws Exception {
        try (var probe = new ServerSocket(0)) {
            int port = probe.getLocalPort();
            probe.close();
            return new HubProcess(home, port, environment);
        }
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toAbsolutePath().toString());
        // each test signs up an organization of its own
        builder.environment().put("CADRE_PLUGIN_ADMINS", "every-organization");
        // tests send more than anybody does
        builder.environment().put("CADRE_RATE_LIMIT_PER_MINUTE", "1000000");
        builder.environment().put("CADRE_RATE_LIMIT_SIGN_IN_PER_MINUTE", "1000000");
        builder.environment().putAll(environment);
        builder.environment().put("CADRE_HOME", home.toString());
        builder.environment().put("CADRE_PORT", Integer.toString(port));
        builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("hub.log").toFile()));
        return builder.start();
    }

    private void awaitReady() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/readiness"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (System.nanoTime() < end && process.isAlive()) {
                try {
                    if (http.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // It does not listen yet.
                }
                Thread.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("The hub did not get ready:\n" + Files.readString(home.resolve("hub.log")));
    }

    public int port() {
        return port;
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the hub to stop, as an operator does, and waits until it has. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("The hub did not stop when it was asked to");
        }
    }

    public String log() throws IOException {
        return Files.readString(home.resolve("hub.log"));
    }

    /** Starts again on the same data and port. */
    public void restart() throws Exception {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
