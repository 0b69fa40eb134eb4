package dev.cadre.platform.database.internal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable PostgreSQL of the hub's own: data under the hub's home, fsync on, a generated password, reachable over
 * loopback only.
 */
final class EmbeddedServer implements AutoCloseable {

    /** Whose the data is. */
    static final String OWNER = "postgres";

    /** Who the hub signs in as to work with it. */
    static final String HUB = "cadre";

    /** Of PostgreSQL's own file. */
    private static final int PORT_LINE = 3;

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);

    private final @Nullable EmbeddedPostgres postgres;
    private final int port;
    private final String password;

    private EmbeddedServer(@Nullable EmbeddedPostgres postgres, int port, String password) {
        this.postgres = postgres;
        this.port = port;
        this.password = password;
    }

    /** The server of a hub that runs, which goes on after this is closed; without such a hub one of its own. */
    static EmbeddedServer join(Path home) {
        var data = home.resolve("postgres").toAbsolutePath().normalize();
        try {
            var pidFile = data.resolve("postmaster.pid");
            if (Files.exists(pidFile)) {
                var lines = Files.readAllLines(pidFile);
                boolean runs = ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(EmbeddedServer::isPostgres)
                        .isPresent();
                if (runs) {
                    int port = Integer.parseInt(lines.get(PORT_LINE).strip());
                    return new EmbeddedServer(null, port, password(data.resolveSibling("postgres.password")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL in " + data + " can't be looked at", e);
        }
        return start(home);
    }

    static EmbeddedServer start(Path home) {
        var data = home.resolve("postgres").toAbsolutePath().normalize();
        try {
            Files.createDirectories(data.getParent());
            stopOrphan(data);
            var passwordFile = data.resolveSibling("postgres.password");
            var password = password(passwordFile);
            var postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(
                            home.resolve("postgres-binaries").toFile())
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toAbsolutePath().toString())
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setConnectConfig("password", password)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", "128MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("autovacuum_naptime", "5s")
                    .setServerConfig("jit", "off")
                    .start();
            log.info("Embedded PostgreSQL listens on 127.0.0.1:{}, data in {}", postgres.getPort(), data);
            return new EmbeddedServer(postgres, postgres.getPort(), password);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start with its data in " + data, e);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String password() {
        return password;
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, owner);
        Files.writeString(file, password);
        return password;
    }

    /** After a kill -9 of the hub its server lives on and holds the data: it is asked to stop first. */
    private static void stopOrphan(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var orphan = ProcessHandle.of(pid).filter(EmbeddedServer::isPostgres).orElse(null);
        if (orphan == null) {
            Files.deleteIfExists(pidFile);
            return;
        }
        log.info("Stopping the PostgreSQL that an earlier hub left running (process {})", pid);
        orphan.destroy();
        try {
            orphan.onExit().get(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("Another hub seems to use " + data + " (PostgreSQL process " + pid
                    + " does not stop): stop that hub or set CADRE_HOME to another folder.");
        } catch (InterruptedException | ExecutionException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while an earlier PostgreSQL stopped", e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(false);
    }

    @Override
    public void close() {
        if (postgres == null) {
            return;
        }
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop", e);
        }
    }
}
