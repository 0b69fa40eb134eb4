package dev.cadre.platform.shared.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Writes sort keys as opaque cursors and refuses every cursor that it did not write. */
public final class Cursors {

    private static final int TAG = 8;
    private static final String SEPARATOR = "\n";

    private final SecretKeySpec key;
    private final @Nullable SecretKeySpec previous;

    public Cursors(byte[] key) {
        this(key, null);
    }

    /** Cursors of {@code previous} are read, and none is written with it. */
    public Cursors(byte[] key, byte @Nullable [] previous) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.previous = previous == null ? null : new SecretKeySpec(previous, "HmacSHA256");
    }

    /** A cursor counts for the list (its path) that it was written for only. Sort keys must not contain line breaks. */
    String write(String list, List<String> sortKey) {
        var text = String.join(SEPARATOR, sortKey).getBytes(StandardCharsets.UTF_8);
        var all = Arrays.copyOf(tag(key, list, text), TAG + text.length);
        System.arraycopy(text, 0, all, TAG, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    List<String> read(String list, String cursor) {
        try {
            var all = Base64.getUrlDecoder().decode(cursor);
            if (all.length > TAG) {
                var text = Arrays.copyOfRange(all, TAG, all.length);
                var tag = Arrays.copyOf(all, TAG);
                if (MessageDigest.isEqual(tag(key, list, text), tag)
                        || previous != null && MessageDigest.isEqual(tag(previous, list, text), tag)) {
                    return List.of(new String(text, StandardCharsets.UTF_8).split(SEPARATOR, -1));
                }
            }
        } catch (IllegalArgumentException e) {
            // not even base64: refused like every other cursor of somebody else's
        }
        throw RequestException.parameter("cursor", "Use nextCursor of the page before as it was received.");
    }

    private static byte[] tag(SecretKeySpec key, String list, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((list + SEPARATOR).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(text), TAG);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256.", e);
        }
    }
}
