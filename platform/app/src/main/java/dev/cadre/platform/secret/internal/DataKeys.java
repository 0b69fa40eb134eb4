package dev.cadre.platform.secret.internal;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.util.SecretBytes;
import dev.cadre.platform.database.WalledPool;
import dev.cadre.platform.secret.MasterKey;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.SettingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
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

    private final JdbcClient jdbc;
    private final Aead wrapping;
    private final ConcurrentMap<OrganizationId, Held> unwrapped = new ConcurrentHashMap<>();

    /**
     * Over the pool itself: a key commits apart from the caller's transaction. Were it rolled back with that, this node would
     * go on encrypting under a key that nobody has.
     */
    @Autowired
    public DataKeys(MasterKey master, WalledPool pool) throws GeneralSecurityException {
        this(master, JdbcClient.create(pool));
    }

    public DataKeys(MasterKey master, JdbcClient jdbc) throws GeneralSecurityException {
        AeadConfig.register();
        this.jdbc = jdbc;
        this.wrapping = wrapping(master.derive("data-key", 32));
        refuseAnotherMasterKey();
        // Now, while nothing runs for one organization: within its walls the installation's key can't be read.
        of(Secrets.INSTALLATION);
    }

    /** @throws KeyDestroyed by {@link #destroy} */
    public Aead of(OrganizationId organization) {
        var known = unwrapped.get(organization);
        return known != null ? known.key() : load(organization).key();
    }

    /** The key as the database has it now, where that is another than this node has worked with. */
    public Optional<Aead> newer(OrganizationId organization) {
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
                        where data_key.wrapped_key is not null""")
                .param(organization.value())
                .update();
        unwrapped.remove(organization);
    }

    /** Forgets what has changed since then by another node's doing. */
    void follow(Instant since) {
        jdbc.sql("select organization_id, wrapped_key, revision from data_key where changed_at > ?")
                .param(Timestamp.from(since))
                .query(DataKeys::row)
                .list()
                .forEach(row -> unwrapped.computeIfPresent(
                        row.organization(), (_, held) -> held.revision() == row.revision() ? held : null));
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
            var held = new Held(unwrap(organization, row.wrapped()), row.revision());
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
                .param(TinkProtoKeysetFormat.serializeEncryptedKeyset(key, wrapping, bound(organization)))
                .update();
    }

    private Aead unwrap(OrganizationId organization, byte[] wrapped) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, wrapping, bound(organization))
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private void refuseAnotherMasterKey() {
        var row = jdbc.sql("""
                        select organization_id, wrapped_key, revision from data_key
                        where wrapped_key is not null order by created_at limit 1""").query(DataKeys::row).optional();
        if (row.isEmpty()) {
            return;
        }
        try {
            unwrap(row.get().organization(), Objects.requireNonNull(row.get().wrapped()));
        } catch (GeneralSecurityException e) {
            throw new SettingException(
                    "The master key is not the one that this database's secrets were encrypted with: set CADRE_MASTER_KEY to that one.",
                    e);
        }
    }

    private static byte[] bound(OrganizationId organization) {
        return ("data-key/" + organization).getBytes(StandardCharsets.UTF_8);
    }

    @AccessesPartialKey
    private static Aead wrapping(byte[] key) throws GeneralSecurityException {
        var parameters = AesGcmParameters.builder()
                .setKeySizeBytes(key.length)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        var imported = AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                .build();
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(imported).withFixedId(1).makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }
}
