package dev.cadre.platform.secret.internal;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import dev.cadre.platform.secret.MasterKey;
import dev.cadre.platform.shared.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** Wraps data keys by the master key, each bound to its organization, and reads what the master key of before has wrapped. */
final class Wrapping {

    private final Aead now;
    private final @Nullable Aead previous;

    Wrapping(MasterKey master) throws GeneralSecurityException {
        this.now = aead(master.derive("data-key", 32));
        var before = master.derivePrevious("data-key", 32);
        this.previous = before.isEmpty() ? null : aead(before.get());
    }

    /** Whether the operator has named a master key of before. */
    boolean isBeingReplaced() {
        return previous != null;
    }

    byte[] wrap(OrganizationId organization, KeysetHandle keyset) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(keyset, now, bound(organization));
    }

    Aead unwrap(OrganizationId organization, byte[] wrapped) throws GeneralSecurityException {
        return keyset(organization, wrapped).getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /** Other nodes may still wrap with the master key of before, or do so already with the one to come. */
    KeysetHandle keyset(OrganizationId organization, byte[] wrapped) throws GeneralSecurityException {
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, now, bound(organization));
        } catch (GeneralSecurityException e) {
            if (previous == null) {
                throw e;
            }
            return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, previous, bound(organization));
        }
    }

    /** Whether the master key of now has wrapped it. */
    boolean isUpToDate(OrganizationId organization, byte[] wrapped) {
        try {
            TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, now, bound(organization));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] bound(OrganizationId organization) {
        return ("data-key/" + organization).getBytes(StandardCharsets.UTF_8);
    }

    @AccessesPartialKey
    private static Aead aead(byte[] key) throws GeneralSecurityException {
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
