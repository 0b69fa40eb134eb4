package dev.cadre.platform.secret;

import com.google.crypto.tink.Aead;
import dev.cadre.platform.secret.internal.DataKeys;
import dev.cadre.platform.shared.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Encrypts what an organization entrusts to the hub, under a key of that organization's own. What was encrypted for one
 * organization and purpose can be decrypted for the same only.
 */
@Component
public class Secrets {

    /** Stands for the installation itself, whose key protects what belongs to people and not to an organization. */
    public static final OrganizationId INSTALLATION = new OrganizationId(new UUID(0, 0));

    private final DataKeys keys;

    Secrets(DataKeys keys) {
        this.keys = keys;
    }

    /** {@code purpose} names the place where it is kept, as {@code connection/<id>}. */
    public byte[] encrypt(OrganizationId organization, String purpose, byte[] plain) {
        try {
            return key(organization).encrypt(plain, bound(organization, purpose));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Encryption failed.", e);
        }
    }

    public byte[] decrypt(OrganizationId organization, String purpose, byte[] encrypted) {
        try {
            return key(organization).decrypt(encrypted, bound(organization, purpose));
        } catch (GeneralSecurityException e) {
            throw new SecretUnreadable(e);
        }
    }

    private Aead key(OrganizationId organization) {
        return keys.of(organization);
    }

    private static byte[] bound(OrganizationId organization, String purpose) {
        return (organization + "/" + purpose).getBytes(StandardCharsets.UTF_8);
    }
}
