package dev.cadre.platform.secret;

import dev.cadre.platform.secret.internal.DataKeys;
import dev.cadre.platform.secret.internal.KeyChanges;
import dev.cadre.platform.secret.internal.KeyDestroyed;
import dev.cadre.platform.shared.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Encrypts what an organization entrusts to the hub, under a key of that organization's own. What was encrypted for one
 * organization and purpose can be decrypted for the same only.
 */
@Component
public class Secrets {

    /** Stands for the installation itself, whose key protects what belongs to people and not to an organization. */
    public static final OrganizationId INSTALLATION = new OrganizationId(new UUID(0, 0));

    private final DataKeys keys;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    Secrets(DataKeys keys, JdbcClient jdbc, TransactionOperations transactions) {
        this.keys = keys;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** {@code purpose} names the place where it is kept, as {@code connection/<id>}. */
    public byte[] encrypt(OrganizationId organization, String purpose, byte[] plain) {
        try {
            return keys.of(organization).encrypt(plain, bound(organization, purpose));
        } catch (KeyDestroyed e) {
            throw SecretUnreadable.destroyed(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Encryption failed.", e);
        }
    }

    public byte[] decrypt(OrganizationId organization, String purpose, byte[] encrypted) {
        try {
            return decrypt(organization, encrypted, bound(organization, purpose));
        } catch (KeyDestroyed e) {
            throw SecretUnreadable.destroyed(e);
        } catch (GeneralSecurityException e) {
            throw SecretUnreadable.changed(e);
        }
    }

    /** Another node may have changed the key a moment ago. */
    private byte[] decrypt(OrganizationId organization, byte[] encrypted, byte[] bound)
            throws GeneralSecurityException {
        try {
            return keys.of(organization).decrypt(encrypted, bound);
        } catch (GeneralSecurityException e) {
            var newer = keys.newer(organization);
            if (newer.isEmpty()) {
                throw e;
            }
            return newer.get().decrypt(encrypted, bound);
        }
    }

    public KeyState key(OrganizationId organization) {
        try {
            return keys.state(organization);
        } catch (KeyDestroyed e) {
            throw SecretUnreadable.destroyed(e);
        }
    }

    /**
     * A new key, at once; what is encrypted under the one before is encrypted anew, without anybody having to wait. Reads before
     * its transaction and after it: within, it needs one connection, as everybody does who waits for the same few.
     *
     * @param alongside done in the transaction that writes the key: both are done, or neither
     */
    public void rotate(OrganizationId organization, Runnable alongside) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "A new key commits by itself: this node would work with it before the others can");
        }
        if (key(organization).rotating()) {
            throw new KeyRotating();
        }
        var next = keys.next(organization);
        transactions.executeWithoutResult(_ -> {
            if (!keys.write(next, jdbc)) {
                throw new KeyRotating();
            }
            alongside.run();
        });
        keys.newer(organization);
    }

    /**
     * Destroys the organization's key: nothing that was encrypted for it can be read any more, in no backup of the rows either,
     * and nothing new can be encrypted. At once, for good, apart from the caller's transaction; the other nodes forget the key
     * within {@link KeyChanges#LOOK}. Call it when the organization's end is committed, and again where that was cut off.
     */
    public void shred(OrganizationId organization) {
        if (organization.equals(INSTALLATION)) {
            throw new IllegalArgumentException("The installation's own key stays");
        }
        keys.destroy(organization);
    }

    private static byte[] bound(OrganizationId organization, String purpose) {
        return (organization + "/" + purpose).getBytes(StandardCharsets.UTF_8);
    }
}
