package dev.cadre.platform.secret.internal;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.cadre.platform.database.WalledPool;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.secret.KeyState;
import dev.cadre.platform.secret.MasterKey;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.SettingException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Each organization's data key, wrapped by the master key in the database and unwrapped in memory. A key that was destroyed
 * leaves its row behind, so that nobody makes a new one for what is gone.
 */
@Component
@DependsOnDatabaseInitialization
public class DataKeys {

    /** A key with no {@code wrapped} is destroyed. */
    private record Row(OrganizationId organization, byte @Nullable [] wrapped, long revision) {}

    /** What is held in memory, and which state of the row that is. */
    private record Held(Aead key, long revision) {}

    /** Keys are looked up seldom, and by many at once only after the database was away. */
    private static final int CONNECTIONS = 2;

    private static final Duration FRESH = Duration.ofSeconds(15);

    private final JdbcClient jdbc;
    private final Wrapping wrapping;
    private volatile long looked;
    private final ConcurrentMap<OrganizationId, Held> unwrapped = new ConcurrentHashMap<>();

    /**
     * Over connections of its own, which a caller gets who has one of the pool already: a key commits apart from the caller's transaction. Were it rolled back with that, this node would
     * go on encrypting under a key that nobody has.
     */
    @Autowired
    public DataKeys(MasterKey master, WalledPool pool) throws GeneralSecurityException {
        this(master, JdbcClient.create(pool.beside("cadre-keys", CONNECTIONS)));
    }

    public DataKeys(MasterKey master, JdbcClient jdbc) throws GeneralSecurityException {
        AeadConfig.register();
        this.jdbc = jdbc;
        this.wrapping = new Wrapping(master);
        refuseAnotherMasterKey();
        wrapAnew();
        // Now, while nothing runs for one organization: within its walls the installation's key can't be read.
        of(Secrets.INSTALLATION);
    }

    /** @throws KeyDestroyed by {@link #destroy} */
    public Aead of(OrganizationId organization) {
        var known = unwrapped.get(organization);
        return known != null && (isWalledOff(organization) || isFresh())
                ? known.key()
                : load(organization).key();
    }

    /** The key as the database has it now, where that is another than this node has worked with. */
    public Optional<Aead> newer(OrganizationId organization) {
        if (isWalledOff(organization)) {
            return Optional.empty();
        }
        var known = unwrapped.get(organization);
        var now = load(organization);
        return known == null || known.revision() != now.revision() ? Optional.of(now.key()) : Optional.empty();
    }

    /** At once and for good, apart from the caller's transaction. The other nodes follow by {@link #follow}. */
    public void destroy(OrganizationId organization) {
        jdbc.sql("""
                        insert into data_key (organization_id, wrapped_key) values (?, null)
                        on conflict (organization_id) do update
                        set wrapped_key = null, revision = data_key.revision + 1, changed_at = now()
                        where data_key.wrapped_key is not null""").param(organization.value()).update();
        unwrapped.remove(organization);
    }

    /** Forgets what has changed since then by another node's doing. */
    void follow(Instant since) {
        jdbc
                .sql("select organization_id, wrapped_key, revision from data_key where changed_at > ?")
                .param(Timestamp.from(since))
                .query(DataKeys::row)
                .list()
                .stream()
                .filter(row -> !row.organization().equals(Secrets.INSTALLATION))
                .forEach(row -> unwrapped.computeIfPresent(
                        row.organization(), (_, held) -> held.revision() == row.revision() ? held : null));
        load(Secrets.INSTALLATION); // replaced and never dropped: most who need it can't read it
        looked = System.nanoTime();
    }

    /** Within an organization's walls the installation's key is not to be seen: what {@link #follow} has read counts. */
    private static boolean isWalledOff(OrganizationId organization) {
        return organization.equals(Secrets.INSTALLATION) && Walls.organization().isPresent();
    }

    /** A node that can't look any more does not go on with what may have been replaced or destroyed. */
    private boolean isFresh() {
        long at = looked;
        return at == 0 || System.nanoTime() - at < FRESH.toNanos();
    }

    public KeyState state(OrganizationId organization) {
        of(organization);
        return jdbc.sql("select created_at, rotated_at, rotating from data_key where organization_id = ?")
                .param(organization.value())
                .query((row, number) -> {
                    var rotated = row.getTimestamp(2);
                    return new KeyState(
                            row.getTimestamp(1).toInstant(),
                            rotated == null ? null : rotated.toInstant(),
                            row.getBoolean(3));
                })
                .single();
    }

    Instant now() {
        return jdbc.sql("select now()")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    private Held load(OrganizationId organization) {
        try {
            var stored = find(organization);
            if (stored.isEmpty()) {
                create(organization);
                // Another node may have been first: what is stored counts.
                stored = find(organization);
            }
            var row = stored.orElseThrow();
            if (row.wrapped() == null) {
                unwrapped.remove(organization);
                throw new KeyDestroyed();
            }
            var held = new Held(wrapping.unwrap(organization, row.wrapped()), row.revision());
            unwrapped.put(organization, held);
            return held;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The data key of an organization can't be unwrapped.", e);
        }
    }

    private Optional<Row> find(OrganizationId organization) {
        return jdbc.sql("select organization_id, wrapped_key, revision from data_key where organization_id = ?")
                .param(organization.value())
                .query(DataKeys::row)
                .optional();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(new OrganizationId(row.getObject(1, UUID.class)), row.getBytes(2), row.getLong(3));
    }

    private void create(OrganizationId organization) throws GeneralSecurityException {
        var key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        jdbc.sql("insert into data_key (organization_id, wrapped_key) values (?, ?) on conflict do nothing")
                .param(organization.value())
                .param(wrapping.wrap(organization, key))
                .update();
    }

    /** After a change of the master key: the keys stay what they are. */
    private void wrapAnew() throws GeneralSecurityException {
        if (!wrapping.isBeingReplaced()) {
            return;
        }
        boolean changed = false;
        for (var row : jdbc.sql(
                        "select organization_id, wrapped_key, revision from data_key where wrapped_key is not null")
                .query(DataKeys::row)
                .list()) {
            var wrapped = Objects.requireNonNull(row.wrapped());
            if (!wrapping.isUpToDate(row.organization(), wrapped)) {
                var keyset = wrapping.keyset(row.organization(), wrapped);
                jdbc.sql("update data_key set wrapped_key = ? where organization_id = ? and wrapped_key = ?")
                        .param(wrapping.wrap(row.organization(), keyset))
                        .param(row.organization().value())
                        .param(wrapped)
                        .update();
                changed = true;
            }
        }
        if (changed) {
            // Nobody else would ask for it.
            load(Secrets.INSTALLATION);
            write(next(Secrets.INSTALLATION), jdbc);
            load(Secrets.INSTALLATION);
        }
    }

    /** What a key is to become, where it is still the one that was read. */
    public record Next(OrganizationId organization, byte[] before, byte[] wrapped, boolean rotating) {}

    /** A new key beside the one before, which stays for what it has encrypted, until {@link #retire}. Nothing is written yet. */
    public Next next(OrganizationId organization) {
        return Objects.requireNonNull(next(
                organization,
                true,
                keyset -> KeysetHandle.newBuilder(keyset)
                        .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                                .withRandomId()
                                .makePrimary())
                        .build()));
    }

    /**
     * Writes it. This node works with it after {@link #newer}, to be called when it is committed.
     *
     * @param within the only connection that this takes: the caller's transaction holds it already
     * @return false where somebody else has changed the key in the meantime
     */
    public boolean write(Next next, JdbcClient within) {
        return within.sql("""
                        update data_key set wrapped_key = ?, revision = revision + 1, changed_at = now(),
                          rotated_at = case when ? then now() else rotated_at end, rotating = ?
                        where organization_id = ? and wrapped_key = ?""")
                        .param(next.wrapped())
                        .param(next.rotating())
                        .param(next.rotating())
                        .param(next.organization().value())
                        .param(next.before())
                        .update()
                == 1;
    }

    /**
     * Nothing is encrypted under the keys of before any more: they go.
     *
     * @param prefix of the key that everything is encrypted under; where it is not the newest any more, nothing changes
     */
    @AccessesPartialKey
    void retire(OrganizationId organization, byte[] prefix) {
        int newest = ByteBuffer.wrap(prefix, 1, Integer.BYTES).getInt();
        var next = next(
                organization,
                false,
                keyset -> keyset.getPrimary().getId() != newest
                        ? null
                        : KeysetHandle.newBuilder()
                                .addEntry(KeysetHandle.importKey(
                                                keyset.getPrimary().getKey())
                                        .withFixedId(keyset.getPrimary().getId())
                                        .makePrimary())
                                .build());
        if (next != null) {
            write(next, jdbc);
            load(organization);
        }
    }

    private interface Change {
        /** Null where nothing is to change. */
        @Nullable
        KeysetHandle of(KeysetHandle keyset) throws GeneralSecurityException;
    }

    private @Nullable Next next(OrganizationId organization, boolean rotating, Change change) {
        try {
            var row = find(organization).orElseThrow();
            if (row.wrapped() == null) {
                throw new KeyDestroyed();
            }
            var changed = change.of(wrapping.keyset(organization, row.wrapped()));
            return changed == null
                    ? null
                    : new Next(organization, row.wrapped(), wrapping.wrap(organization, changed), rotating);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The data key of an organization can't be changed.", e);
        }
    }

    /** What everything begins with that is encrypted under the key of now. */
    byte[] prefix(OrganizationId organization) {
        try {
            var row = find(organization).orElseThrow();
            if (row.wrapped() == null) {
                throw new KeyDestroyed();
            }
            int id = wrapping.keyset(organization, row.wrapped()).getPrimary().getId();
            return ByteBuffer.allocate(1 + Integer.BYTES)
                    .put((byte) 1)
                    .putInt(id)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The data key of an organization can't be unwrapped.", e);
        }
    }

    private void refuseAnotherMasterKey() {
        var row = jdbc.sql("""
                        select organization_id, wrapped_key, revision from data_key
                        where wrapped_key is not null order by created_at limit 1""").query(DataKeys::row).optional();
        if (row.isEmpty()) {
            return;
        }
        try {
            wrapping.unwrap(
                    row.get().organization(), Objects.requireNonNull(row.get().wrapped()));
        } catch (GeneralSecurityException e) {
            throw new SettingException(
                    "The master key is not the one that this database's secrets were encrypted with: set CADRE_MASTER_KEY to that one.",
                    e);
        }
    }
}
