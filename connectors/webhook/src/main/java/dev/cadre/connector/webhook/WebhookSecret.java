package dev.cadre.connector.webhook;

import dev.cadre.spi.Field;
import dev.cadre.spi.Secret;
import dev.cadre.spi.trigger.CallerKey;
import dev.cadre.spi.trigger.CallerKeys;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What callers of a webhook prove themselves with, and what it takes the place of. */
public record WebhookSecret(
        @Field(label = "Kind", defaultValue = "hmac", help = "How the webhook's callers prove themselves.")
        Kind kind,

        @Field(label = "User name", when = "kind=basic")
        @Nullable
        @Size(max = 200)
        @Pattern(regexp = "[^:\\p{Cntrl}]+", message = "must not contain colons")
        String username,

        @Field(
                label = "Secret",
                help = "The signing secret, API key or password, as sender and hub share it.",
                when = "kind=hmac,api-key,basic,jwt-hs256")
        @Nullable
        Secret secret,

        @Field(
                label = "Previous secret",
                help = "Counts too while senders move to the new one; remove it afterwards.",
                when = "kind=hmac,api-key,basic,jwt-hs256")
        @Nullable
        Secret previous,

        @Field(
                label = "Secret written in",
                help = "Text is taken as it is, as GitHub, Stripe and Slack do.",
                defaultValue = "text",
                when = "kind=hmac,jwt-hs256",
                advanced = true)
        Format format,

        @Field(
                label = "Public key",
                help = "PEM, from -----BEGIN PUBLIC KEY----- on.",
                multiline = true,
                when = "kind=jwt-rs256,jwt-es256")
        @Nullable
        @Size(max = 10_000)
        String publicKey,

        @Field(
                label = "Previous public key",
                help = "Counts too while issuers move to the new one.",
                multiline = true,
                when = "kind=jwt-rs256,jwt-es256")
        @Nullable
        @Size(max = 10_000)
        String previousPublicKey,

        @Field(
                label = "Issuer",
                help = "What a token's iss must be; anything where this is empty.",
                when = "kind=jwt-hs256,jwt-rs256,jwt-es256")
        @Nullable
        @Size(max = 500)
        String issuer,

        @Field(
                label = "Audience",
                help = "What a token's aud must contain; anything where this is empty.",
                when = "kind=jwt-hs256,jwt-rs256,jwt-es256")
        @Nullable
        @Size(max = 500)
        String audience)
        implements CallerKeys {

    /** What a secret is for. */
    public enum Kind {
        HMAC("hmac"),
        API_KEY("api-key"),
        BASIC("basic"),
        JWT_HS256("jwt-hs256"),
        JWT_RS256("jwt-rs256"),
        JWT_ES256("jwt-es256");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How the bytes of a shared secret are written. */
    public enum Format {
        TEXT,
        BASE64,
        HEX
    }

    public WebhookSecret {
        if (kind == Kind.BASIC && username == null) {
            throw new IllegalArgumentException("basic authentication needs a user name");
        }
        boolean signed = kind == Kind.JWT_RS256 || kind == Kind.JWT_ES256;
        if (signed ? publicKey == null : secret == null) {
            throw new IllegalArgumentException(
                    signed ? "the kind " + kind + " needs a public key" : "the kind " + kind + " needs a secret");
        }
        Stream.of(secret, previous)
                .filter(Objects::nonNull)
                .forEach(one -> KeyMaterial.requireSecret(kind, one, format));
        Stream.of(publicKey, previousPublicKey)
                .filter(Objects::nonNull)
                .forEach(pem -> KeyMaterial.requirePublicKey(kind, pem));
    }

    @Override
    public List<CallerKey> keys() {
        boolean signed = kind == Kind.JWT_RS256 || kind == Kind.JWT_ES256;
        return signed
                ? Stream.of(publicKey, previousPublicKey)
                        .filter(Objects::nonNull)
                        .map(this::key)
                        .toList()
                : Stream.of(secret, previous)
                        .filter(Objects::nonNull)
                        .map(this::key)
                        .toList();
    }

    private CallerKey key(Secret one) {
        return switch (kind) {
            case HMAC -> new CallerKey.Hmac(KeyMaterial.hmac(one, format));
            case API_KEY -> new CallerKey.ApiKey(one);
            case BASIC -> new CallerKey.Login(Objects.requireNonNull(username), one);
            case JWT_HS256, JWT_RS256, JWT_ES256 ->
                new CallerKey.Token(KeyMaterial.hs256(one, format), issuer, audience);
        };
    }

    private CallerKey key(String pem) {
        return new CallerKey.Token(
                kind == Kind.JWT_RS256 ? KeyMaterial.rsa(pem) : KeyMaterial.ec(pem), issuer, audience);
    }
}
