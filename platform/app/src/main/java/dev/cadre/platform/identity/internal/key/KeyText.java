package dev.cadre.platform.identity.internal.key;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How an API key is written: {@code cdr_}, its id, 256 random bits and a checksum, in letters and digits only. The checksum
 * (CRC-32 of all before it) lets scanners of leaked secrets know a key from other text, and a mistyped one costs no look-up.
 */
final class KeyText {

    static final String PREFIX = "cdr_";

    static final int SECRET_BYTES = 32;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int ID = 22;
    private static final int SECRET = 43;
    private static final int CHECKSUM = 6;
    private static final Pattern SHAPE = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (ID + SECRET + CHECKSUM) + "}");

    private KeyText() {}

    static String of(UUID id, byte[] secret) {
        var bits = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        var text = PREFIX + digits(new BigInteger(1, bits), ID) + digits(new BigInteger(1, secret), SECRET);
        return text + checksum(text);
    }

    /** The id in a key; empty where the text is none, or is mistyped. */
    static Optional<UUID> id(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        int end = text.length() - CHECKSUM;
        var number = number(text.substring(PREFIX.length(), PREFIX.length() + ID));
        return checksum(text.substring(0, end)).equals(text.substring(end)) && number.bitLength() <= 128
                ? Optional.of(new UUID(number.shiftRight(64).longValue(), number.longValue()))
                : Optional.empty();
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), CHECKSUM);
    }

    private static String digits(BigInteger number, int length) {
        var digits = new char[length];
        var rest = number;
        for (int at = length - 1; at >= 0; at--) {
            var parts = rest.divideAndRemainder(BASE);
            digits[at] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }

    private static BigInteger number(String digits) {
        var number = BigInteger.ZERO;
        for (int at = 0; at < digits.length(); at++) {
            number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(digits.charAt(at))));
        }
        return number;
    }
}
