package dev.cadre.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of the scenario's own, as durable as that of the hub, which can be killed and started again. */
final class Postgres implements AutoCloseable {

    private static final String MASTER_KEY = "YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2gtYmVuY2ghISE=";

    private final Path data;
    private final int port;
    private @Nullable EmbeddedPostgres server;

    private Postgres(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    static Postgres start(Path data) throws Exception {
        var postgres = new Postgres(data, Hub.freePort());
        postgres.startAgain();
        return postgres;
    }

    /** On the same data and port; while what is left of the one before still goes away it is tried again. */
    void startAgain() throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                server = open();
                return;
            } catch (IOException | IllegalStateException e) {
                if (attempt == 20) {
                    throw e;
                }
                Thread.sleep(500);
            }
        }
    }

    private EmbeddedPostgres open() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("jit", "off")
                .start();
    }

    /** What a hub needs to use it. */
    Map<String, String> environment() {
        return Map.of(
                "CADRE_DB_URL",
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "CADRE_DB_USER",
                "postgres",
                "CADRE_DB_PASSWORD",
                "",
                "CADRE_MASTER_KEY",
                MASTER_KEY);
    }

    /** kill -9 of the server: its sessions end when they see that it is gone. */
    void kill() throws Exception {
        signal("KILL");
    }

    /** Stops at once, without a word to its sessions and without a checkpoint. */
    void stopImmediately() throws Exception {
        signal("QUIT");
    }

    private void signal(String name) throws Exception {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().join();
        }
        close();
    }

    @Override
    public void close() throws IOException {
        var open = server;
        server = null;
        if (open != null) {
            try {
                Objects.requireNonNull(open).close();
            } catch (IllegalStateException e) {
                // It is gone already.
            }
        }
    }
}
