package dev.cadre.connector.webhook;

import dev.cadre.spi.Field;
import dev.cadre.spi.trigger.Authentication.Encoding;
import dev.cadre.spi.trigger.Authentication.Signature;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a sender puts its signature, and what it signs. */
record SignatureSettings(
        @Field(label = "Scheme", help = "Who signs.") Scheme scheme,

        @Field(label = "Header", help = "Where the signature stands, as X-Signature.", when = "scheme=custom")
        @Nullable
        @Pattern(regexp = Headers.NAME, message = Headers.WRONG)
        String header,

        @Field(label = "Prefix", help = "What stands before it, as sha256=.", when = "scheme=custom")
        @Nullable
        @Size(max = 50)
        @Pattern(regexp = "[^,\\s]*", message = "must not contain commas or spaces")
        String prefix,

        @Field(label = "Written in", help = "hex unless said otherwise.", when = "scheme=custom") @Nullable
        Encoding encoding,

        @Field(
                label = "Signed payload",
                help = "What is signed: {body}, and {timestamp} where there is one, as {timestamp}.{body}.",
                when = "scheme=custom")
        @Nullable
        @Size(max = 200)
        String payload,

        @Field(label = "Timestamp header", help = "Where the time of signing stands.", when = "scheme=custom")
        @Nullable
        @Pattern(regexp = Headers.NAME, message = Headers.WRONG)
        String timestampHeader,

        @Field(label = "Timestamp prefix", help = "What stands before it, as t=.", when = "scheme=custom")
        @Nullable
        @Size(max = 50)
        @Pattern(regexp = "[^,\\s]*", message = "must not contain commas or spaces")
        String timestampPrefix,

        @Field(
                label = "Tolerance",
                help = "How far the time of signing may be from now.",
                defaultValue = "PT5M",
                advanced = true)
        Duration tolerance,

        @Field(
                label = "Refuse repeats",
                help = "The same signed request starts one run only within the tolerance.",
                defaultValue = "true",
                advanced = true)
        boolean refuseRepeats) {

    /** Whose conventions a sender follows. */
    enum Scheme {
        GITHUB,
        STRIPE,
        SLACK,
        CUSTOM
    }

    SignatureSettings {
        if (scheme != Scheme.CUSTOM) {
            var custom = new LinkedHashMap<String, @Nullable Object>();
            custom.put("header", header);
            custom.put("prefix", prefix);
            custom.put("encoding", encoding);
            custom.put("payload", payload);
            custom.put("timestampHeader", timestampHeader);
            custom.put("timestampPrefix", timestampPrefix);
            custom.values().removeIf(Objects::isNull);
            if (!custom.isEmpty()) {
                throw new IllegalArgumentException(
                        "belongs to the scheme custom only: " + String.join(", ", custom.keySet()));
            }
        } else if (header == null) {
            throw new IllegalArgumentException("the scheme custom needs the header that the signature stands in");
        }
    }

    /** Refuses what does not fit together. */
    Signature signature() {
        return switch (scheme) {
            case GITHUB ->
                new Signature(
                        "X-Hub-Signature-256", "sha256=", Encoding.HEX, "{body}", null, "", tolerance, refuseRepeats);
            case STRIPE ->
                new Signature(
                        "Stripe-Signature",
                        "v1=",
                        Encoding.HEX,
                        "{timestamp}.{body}",
                        "Stripe-Signature",
                        "t=",
                        tolerance,
                        refuseRepeats);
            case SLACK ->
                new Signature(
                        "X-Slack-Signature",
                        "v0=",
                        Encoding.HEX,
                        "v0:{timestamp}:{body}",
                        "X-Slack-Request-Timestamp",
                        "",
                        tolerance,
                        refuseRepeats);
            case CUSTOM ->
                new Signature(
                        Objects.requireNonNull(header),
                        Objects.requireNonNullElse(prefix, ""),
                        Objects.requireNonNullElse(encoding, Encoding.HEX),
                        Objects.requireNonNullElse(payload, timestampHeader == null ? "{body}" : "{timestamp}.{body}"),
                        timestampHeader,
                        Objects.requireNonNullElse(timestampPrefix, ""),
                        tolerance,
                        refuseRepeats);
        };
    }
}
