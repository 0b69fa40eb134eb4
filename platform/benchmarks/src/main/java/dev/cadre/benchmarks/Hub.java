package dev.cadre.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
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

/** A hub in a process of its own, with its embedded PostgreSQL or one that it is told of. */
final class Hub implements AutoCloseable {

    private final Path jar;
    private final Path home;
    private final int port;
    private final Map<String, String> environment;
    private final List<String> jvm;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Client client;
    private Process process;
    private double secondsToReady;

    private Hub(Path jar, Path home, Map<String, String> environment, List<String> jvm) throws IOException {
        this.jar = jar;
        this.home = home;
        this.port = freePort();
        this.environment = environment;
        this.jvm = jvm;
        this.client = new Client(port);
        this.process = launch();
    }

    static Hub start(Path jar, Path home, String... jvm) throws Exception {
        return start(jar, home, Map.of(), jvm);
    }

    static Hub start(Path jar, Path home, Map<String, String> environment, String... jvm) throws Exception {
        var hub = new Hub(jar, home, environment, List.of(jvm));
        hub.awaitReady();
        return hub;
    }

    static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        Files.createDirectories(home);
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        var builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "CADRE_HOME",
                        home.toString(),
                        "CADRE_PORT",
                        Integer.toString(port),
                        "CADRE_STOP_WITH_PARENT",
                        "true",
                        "CADRE_EGRESS_ALLOW",
                        "127.0.0.1",
                        "CADRE_RATE_LIMIT_PER_MINUTE",
                        "1000000",
                        "CADRE_RATE_LIMIT_SIGN_IN_PER_MINUTE",
                        "1000000"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("hub.log").toFile()));
        return builder.start();
    }

    private void awaitReady() throws Exception {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 120e9) {
            if (!process.isAlive()) {
                throw new IOException("The hub ended: see " + home.resolve("hub.log"));
            }
            if (isReady()) {
                secondsToReady = (System.nanoTime() - begin) / 1e9;
                return;
            }
            Thread.sleep(50);
        }
        throw new IOException("The hub was not ready within 120 s");
    }

    private boolean isReady() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    double secondsToReady() {
        return secondsToReady;
    }

    int port() {
        return port;
    }

    /** Who uses this hub. */
    Client client() {
        return client;
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
        return process.toHandle()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1000.0;
    }

    /** Used heap after a collection, in MB. */
    long heapMegabytes() throws Exception {
        var jcmd = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/jcmd",
                        Long.toString(process.pid()),
                        "GC.class_histogram")
                .start();
        var text = new String(jcmd.getInputStream().readAllBytes());
        jcmd.waitFor();
        var total = text.lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElse("Total 0 0");
        return Long.parseLong(total.strip().split("\\s+")[2]) / 1024 / 1024;
    }

    /** Ends the process at once, as a power cut would; an embedded PostgreSQL lives on. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    /** Starts again on the same data and port, without waiting for it. */
    void launchAgain() throws IOException {
        process = launch();
    }

    /** Starts again on the same data and port. */
    void restart() throws Exception {
        launchAgain();
        awaitReady();
    }

    /** Asks it to stop, as an operator does; false when it had to be killed. */
    boolean stop() throws InterruptedException {
        process.destroy();
        if (process.waitFor(60, TimeUnit.SECONDS)) {
            return true;
        }
        process.destroyForcibly().waitFor();
        return false;
    }

    @Override
    public void close() throws Exception {
        stop();
    }
}
