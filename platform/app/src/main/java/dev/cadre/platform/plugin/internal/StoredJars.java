package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.PluginSettings;
import dev.cadre.platform.secret.MasterKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The jars that every node of the installation runs: kept in the database, copied to a folder where they are loaded from. */
@Repository
public class StoredJars {

    private final JdbcClient jdbc;
    private final Path folder;
    private final byte[] key;
    private final Optional<byte[]> previous;

    StoredJars(JdbcClient jdbc, PluginSettings settings, MasterKey masterKey) {
        this.jdbc = jdbc;
        this.folder = settings.stored();
        this.key = masterKey.derive("plugin-jar", 32);
        this.previous = masterKey.derivePrevious("plugin-jar", 32);
    }

    /** Puts the seal of this master key in the place of that of the one before. */
    private boolean sealedAnew(String id, String version, String sha256, byte[] seal) {
        if (previous.isEmpty() || !MessageDigest.isEqual(seal(previous.get(), id, version, sha256), seal)) {
            return false;
        }
        jdbc.sql("update plugin_jar set seal = ? where plugin_id = ? and seal = ?")
                .params(seal(key, id, version, sha256), id, seal)
                .update();
        return true;
    }

    /** Grows with every change of what is installed, enabled or disabled, on any node. */
    public long generation() {
        return jdbc.sql("select generation from plugin_generation")
                .query(Long.class)
                .single();
    }

    /** By plugin id. */
    public Map<String, StoredJar> all() {
        return jdbc
                .sql("select plugin_id, version, sha256, seal, bytes is null as deleted from plugin_jar")
                .query((row, _) -> {
                    var id = row.getString("plugin_id");
                    var version = row.getString("version");
                    var sha256 = row.getString("sha256");
                    var seal = row.getBytes("seal");
                    boolean sealed = MessageDigest.isEqual(seal(key, id, version, sha256), seal)
                            || sealedAnew(id, version, sha256, seal);
                    return new StoredJar(id, version, sha256, row.getBoolean("deleted"), sealed);
                })
                .list()
                .stream()
                .collect(Collectors.toMap(StoredJar::id, Function.identity()));
    }

    /** False where another node was first. A deleted one may come back. */
    public boolean insert(PluginJar jar, String sha256) {
        return save(jar, sha256, "where plugin_jar.bytes is null") == 1;
    }

    /** In place of whatever is there. */
    public void replace(PluginJar jar, String sha256) {
        save(jar, sha256, "");
    }

    private int save(PluginJar jar, String sha256, String condition) {
        return jdbc.sql("""
                        with saved as (insert into plugin_jar (plugin_id, version, sha256, seal, bytes) values (?, ?, ?, ?, ?)
                          on conflict (plugin_id) do update set version = excluded.version, sha256 = excluded.sha256,
                            seal = excluded.seal, bytes = excluded.bytes, installed_at = now() %s returning 1)
                        update plugin_generation set generation = generation + 1 where exists (select 1 from saved)""".formatted(condition))
                .params(jar.id(), jar.version(), sha256, seal(key, jar.id(), jar.version(), sha256), bytes(jar.path()))
                .update();
    }

    /** Leaves a mark, so that no node brings it back. */
    public void delete(String id) {
        jdbc.sql("""
                        with deleted as (update plugin_jar set bytes = null where plugin_id = ?)
                        update plugin_generation set generation = generation + 1""").param(id).update();
    }

    /** The jar as a file of this node; throws {@link PluginException} where it is not what this installation stored. */
    public Path fetch(StoredJar stored) {
        var file = folder.resolve(fileName(stored.id(), stored.version(), stored.sha256()));
        try {
            if (Files.exists(file) && sha256(file).equals(stored.sha256())) {
                return file;
            }
            var bytes = jdbc.sql(
                            "select bytes from plugin_jar where plugin_id = ? and sha256 = ? and bytes is not null")
                    .params(stored.id(), stored.sha256())
                    .query(byte[].class)
                    .optional()
                    .orElseThrow(() -> PluginException.invalid("The jar is gone from the database."));
            if (!stored.sealed() || !sha256(bytes).equals(stored.sha256())) {
                throw PluginException.invalid(
                        "The stored jar was not put there by this installation. Delete it and upload it again.");
            }
            Files.createDirectories(folder);
            var part = Files.createTempFile(folder, "fetch", ".part");
            Files.write(part, bytes);
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Plugins can't be kept in " + folder, unwritable);
        }
    }

    /** Where an uploaded jar goes. */
    public Path folder() {
        return folder;
    }

    public static String fileName(String id, String version, String sha256) {
        return id + "-" + version + "-" + sha256.substring(0, 12) + ".jar";
    }

    /** Removes the copies that nothing is loaded from. */
    public void keepOnly(Set<Path> used) {
        try {
            for (var file : BundledJars.jars(folder)) {
                if (!used.contains(file)) {
                    Files.delete(file);
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Plugins can't be removed from " + folder, unwritable);
        }
    }

    private static byte[] seal(byte[] key, String id, String version, String sha256) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal((id + "\n" + version + "\n" + sha256).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256.", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The jar can't be read: " + file, unreadable);
        }
    }

    public static String sha256(Path file) {
        return sha256(bytes(file));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
