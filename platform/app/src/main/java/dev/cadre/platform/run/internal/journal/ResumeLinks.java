package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.secret.MasterKey;
import dev.cadre.platform.shared.RunId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The addresses under {@code /hooks-resume/} where a run's message events are told. An address is known before the run
 * waits there, so a step can send it away; it is a run's id and a signature, which nobody can make up.
 */
@Component
public class ResumeLinks {

    private static final int ID_LENGTH = 16;
    private static final int SIGNATURE_LENGTH = 16;

    private final SecretKeySpec key;
    private final @Nullable SecretKeySpec previous;
    private final String address;

    ResumeLinks(MasterKey masterKey, @Value("${cadre.public-url}") String address) {
        this.key = new SecretKeySpec(masterKey.derive("resume-links", 32), "HmacSHA256");
        this.previous = masterKey
                .derivePrevious("resume-links", 32)
                .map(bytes -> new SecretKeySpec(bytes, "HmacSHA256"))
                .orElse(null);
        this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    String of(RunId run, String elementId) {
        return address + "/hooks-resume/" + token(run, elementId);
    }

    private String token(RunId run, String elementId) {
        var id = id(run);
        var token = Arrays.copyOf(id, ID_LENGTH + SIGNATURE_LENGTH);
        System.arraycopy(signature(key, id, elementId), 0, token, ID_LENGTH, SIGNATURE_LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The run that a token is about, empty for what can be no token. Whether it was made here {@link #fits} says. */
    public Optional<RunId> run(String token) {
        return bytes(token).map(bytes -> {
            var id = ByteBuffer.wrap(bytes);
            return new RunId(new UUID(id.getLong(), id.getLong()));
        });
    }

    /** Whether the token was made for the element of its run. */
    public boolean fits(String token, String elementId) {
        return bytes(token)
                .filter(bytes ->
                        isSigned(key, bytes, elementId) || previous != null && isSigned(previous, bytes, elementId))
                .isPresent();
    }

    private static boolean isSigned(SecretKeySpec key, byte[] token, String elementId) {
        return MessageDigest.isEqual(
                signature(key, Arrays.copyOf(token, ID_LENGTH), elementId),
                Arrays.copyOfRange(token, ID_LENGTH, token.length));
    }

    private static Optional<byte[]> bytes(String token) {
        try {
            var bytes = Base64.getUrlDecoder().decode(token);
            return bytes.length == ID_LENGTH + SIGNATURE_LENGTH ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] id(RunId run) {
        return ByteBuffer.allocate(ID_LENGTH)
                .putLong(run.value().getMostSignificantBits())
                .putLong(run.value().getLeastSignificantBits())
                .array();
    }

    private static byte[] signature(SecretKeySpec key, byte[] run, String elementId) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(run);
            return Arrays.copyOf(mac.doFinal(elementId.getBytes(StandardCharsets.UTF_8)), SIGNATURE_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256.", e);
        }
    }
}
