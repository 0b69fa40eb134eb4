package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.spi.trigger.Authentication.Encoding;
import dev.cadre.spi.trigger.Authentication.Signature;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Checks a request's HMAC-SHA256 over its bytes as they came. */
final class SignatureCheck {

    /** A genuine signature, and for how long a request with it is let in. */
    record Genuine(byte[] mac, Duration remaining) {}

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,13}");
    private static final long FIRST_IN_MILLISECONDS = 100_000_000_000L;
    private static final int MOST_SIGNATURES = 20;
    private static final Pattern PLACES = Pattern.compile("(?<=})|(?=\\{(?:body|timestamp)})");

    private final Signature scheme;
    private final List<String> payload;

    SignatureCheck(Signature scheme) {
        this.scheme = scheme;
        this.payload = List.of(PLACES.split(scheme.payload()));
    }

    /** Empty for a request that has no genuine signature of a time within the tolerance. */
    Optional<Genuine> check(HttpServletRequest request, byte[] body, List<SecretKey> keys, Instant now) {
        var signatures = signatures(request);
        var timestamp = timestamp(request);
        var remaining = remaining(timestamp, now);
        byte @Nullable [] genuine = null;
        for (var key : keys) {
            var mac = mac(key, timestamp == null ? "" : timestamp, body);
            for (var signature : signatures) {
                if (MessageDigest.isEqual(signature, mac)) {
                    genuine = mac;
                }
            }
        }
        return genuine == null || remaining.isNegative()
                ? Optional.empty()
                : Optional.of(new Genuine(genuine, remaining));
    }

    private byte[] mac(SecretKey key, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (var part : payload) {
                switch (part) {
                    case "{body}" -> mac.update(body);
                    case "{timestamp}" -> mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
                    default -> mac.update(part.getBytes(StandardCharsets.UTF_8));
                }
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256.", e);
        }
    }

    private List<byte[]> signatures(HttpServletRequest request) {
        var found = new ArrayList<byte[]>();
        for (var value : values(request, scheme.header())) {
            if (value.startsWith(scheme.prefix()) && found.size() < MOST_SIGNATURES) {
                decoded(value.substring(scheme.prefix().length())).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(
                    scheme.encoding() == Encoding.HEX
                            ? HexFormat.of().parseHex(text)
                            : Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private @Nullable String timestamp(HttpServletRequest request) {
        var header = scheme.timestampHeader();
        if (header == null) {
            return null;
        }
        var prefix = scheme.timestampPrefix();
        return values(request, header).stream()
                .filter(value -> value.startsWith(prefix))
                .map(value -> value.substring(prefix.length()))
                .filter(value -> DIGITS.matcher(value).matches())
                .findFirst()
                .orElse("");
    }

    /** Negative outside of the tolerance. */
    private Duration remaining(@Nullable String timestamp, Instant now) {
        if (timestamp == null) {
            return scheme.tolerance();
        }
        if (timestamp.isEmpty()) {
            return Duration.ofSeconds(-1);
        }
        long number = Long.parseLong(timestamp);
        var signed = number < FIRST_IN_MILLISECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        var distance = Duration.between(now, signed);
        return distance.abs().compareTo(scheme.tolerance()) > 0
                ? Duration.ofSeconds(-1)
                : distance.plus(scheme.tolerance());
    }

    private static List<String> values(HttpServletRequest request, String header) {
        var values = new ArrayList<String>();
        for (var line : Collections.list(request.getHeaders(header))) {
            for (var value : line.split(",", MOST_SIGNATURES + 1)) {
                values.add(value.strip());
            }
        }
        return values;
    }
}
