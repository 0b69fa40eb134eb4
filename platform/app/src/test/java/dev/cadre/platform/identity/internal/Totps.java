package dev.cadre.platform.identity.internal;

import dev.cadre.platform.TestUser;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;

/** An authenticator app. */
public final class Totps {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totps() {}

    /** Sets a second factor up over the API. */
    public static void setUp(TestUser user, String... headers) {
        var enrolled = user.post("/api/v1/me/totp", Map.of("password", TestUser.PASSWORD), headers);
        var secret = decode(enrolled.json().path("secret").asString());
        var code = Totp.code(secret, Totp.step(Instant.now().getEpochSecond()));
        var confirmed = user.post("/api/v1/me/totp/confirm", Map.of("code", code), headers);
        if (confirmed.status() != 200) {
            throw new IllegalStateException(enrolled.body() + confirmed.body());
        }
    }

    private static byte[] decode(String base32) {
        var bits = BigInteger.ZERO;
        for (char letter : base32.toCharArray()) {
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(letter)));
        }
        var bytes = new byte[base32.length() * 5 / 8];
        var all = bits.shiftRight(base32.length() * 5 % 8).toByteArray();
        for (int index = 0; index < bytes.length; index++) {
            int at = all.length - bytes.length + index;
            bytes[index] = at < 0 ? 0 : all[at];
        }
        return bytes;
    }
}
