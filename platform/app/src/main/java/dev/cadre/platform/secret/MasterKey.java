package dev.cadre.platform.secret;

import dev.cadre.platform.shared.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The key that all other keys come from. It stays in memory and in the operator's hands: from the environment, or
 * generated on the first start into a file that only the hub's user may read.
 */
@Component
public final class MasterKey {

    private static final int LENGTH = 32;

    private final byte[] key;
    private final byte @Nullable [] previous;

    MasterKey(SecretSettings settings) {
        this.key = load(settings);
        this.previous = previous(settings);
    }

    /** A key for one purpose, the same on every node and after every start; nothing about other purposes follows from it. */
    public byte[] derive(String purpose, int length) {
        return derive(key, purpose, length);
    }

    /**
     * The same of the key that was the master key before, while the operator still names it: what was made with it counts, but
     * nothing new is.
     */
    public Optional<byte[]> derivePrevious(String purpose, int length) {
        return Optional.ofNullable(previous).map(before -> derive(before, purpose, length));
    }

    private static byte[] derive(byte[] key, String purpose, int length) {
        try {
            var info = ("cadre/" + purpose).getBytes(StandardCharsets.UTF_8);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HKDF-SHA256.", e);
        }
    }

    @Override
    public String toString() {
        return "(master key)";
    }

    private static byte[] load(SecretSettings settings) {
        if (settings.masterKey() != null && !settings.masterKey().isBlank()) {
            return decode(settings.masterKey(), "CADRE_MASTER_KEY");
        }
        if (settings.masterKeyFile() != null) {
            return decode(read(settings.masterKeyFile(), "CADRE_MASTER_KEY_FILE"), "CADRE_MASTER_KEY_FILE");
        }
        var file = settings.home().resolve("master.key");
        if (!Files.exists(file)) {
            generate(file);
        }
        return decode(read(file, file.toString()), file.toString());
    }

    private static byte @Nullable [] previous(SecretSettings settings) {
        if (settings.masterKeyPrevious() != null
                && !settings.masterKeyPrevious().isBlank()) {
            return decode(settings.masterKeyPrevious(), "CADRE_MASTER_KEY_PREVIOUS");
        }
        var file = settings.masterKeyPreviousFile();
        return file == null
                ? null
                : decode(read(file, "CADRE_MASTER_KEY_PREVIOUS_FILE"), "CADRE_MASTER_KEY_PREVIOUS_FILE");
    }

    private static byte[] decode(String text, String source) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            decoded = new byte[0];
        }
        if (decoded.length != LENGTH) {
            throw new SettingException(
                    source + " must hold 32 bytes in base64, as `openssl rand -base64 32` prints them.");
        }
        return decoded;
    }

    private static String read(Path file, String source) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SettingException(source + " names a master key file that can't be read: " + file, e);
        }
    }

    /** Written aside and moved into place, so that no half-written key is ever read. */
    private static void generate(Path file) {
        var random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var aside = Files.createTempFile(file.toAbsolutePath().getParent(), "master", ".new", ownerOnly);
            Files.writeString(aside, Base64.getEncoder().encodeToString(random) + "\n");
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't write the master key to " + file, e);
        }
    }
}
