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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Each organization's data key, wrapped by the master key in the database and unwrapped in memory. */
@Component
@DependsOnDatabaseInitialization
public class DataKeys {

    private record Row(OrganizationId organization, byte[] wrapped) {}

    private final JdbcClient jdbc;
    private final Aead wrapping;
    private final ConcurrentMap<OrganizationId, Aead> unwrapped = new ConcurrentHashMap<>();

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

    public Aead of(OrganizationId organization) {
        var known = unwrapped.get(organization);
        return known != null ? known : load(organization);
    }

    private Aead load(OrganizationId organization) {
        try {
            var stored = find(organization);
            if (stored.isEmpty()) {
                create(organization);
                // Another node may have been first: what is stored counts.
                stored = find(organization);
            }
            var key = unwrap(organization, stored.orElseThrow());
            unwrapped.put(organization, key);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The data key of an organization can't be unwrapped.", e);
        }
    }

    private Optional<byte[]> find(OrganizationId organization) {
        return jdbc.sql("select wrapped_key from data_key where organization_id = ?")
                .param(organization.value())
                .query(byte[].class)
                .optional();
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
        var row = jdbc.sql("select organization_id, wrapped_key from data_key order by created_at limit 1")
                .query((rows, number) -> new Row(new OrganizationId(rows.getObject(1, UUID.class)), rows.getBytes(2)))
                .optional();
        if (row.isEmpty()) {
            return;
        }
        try {
            unwrap(row.get().organization(), row.get().wrapped());
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
