package dev.cadre.platform.identity.internal;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** What an authenticator app shows. */
public final class TotpCodes {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private TotpCodes() {}

    public static String now(String base32) {
        var bytes = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        for (char letter : base32.toCharArray()) {
            held = held << 5 | LETTERS.indexOf(letter);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(held >> bits);
            }
        }
        return Totp.code(bytes.toByteArray(), Totp.step(Instant.now().getEpochSecond()));
    }
}
