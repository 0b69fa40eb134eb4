package dev.cadre.connector.webhook;

import dev.cadre.spi.Field;
import dev.cadre.spi.http.AddressRange;
import dev.cadre.spi.trigger.Admission;
import dev.cadre.spi.trigger.Authentication;
import dev.cadre.spi.trigger.BodyRules;
import dev.cadre.spi.trigger.HttpTrigger.Binding;
import dev.cadre.spi.trigger.HttpTrigger.Respond;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a workflow file says about its webhook. No secret is among it: those are the connection's. */
record WebhookSettings(
        @Field(label = "Path", help = "The address is /hooks/ followed by this, as orders or crm/contacts.")
        @NotBlank
        @Size(max = 200)
        @Pattern(
                regexp = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*",
                message = "must be segments of letters, digits and - . _ ~, without a leading slash")
        String path,

        @Field(label = "Method", defaultValue = "POST") WebhookTrigger.Method method,

        @Field(
                label = "Answer",
                help = "At once with the run's id, with the run's output, or with what a Respond step says.",
                defaultValue = "immediately")
        Respond respond,

        @Field(
                label = "Body",
                help = "By its content type, as it came (raw), or multipart forms only.",
                defaultValue = "auto")
        BodyRules.Mode body,

        @Field(label = "Multipart", when = "body=auto,multipart", advanced = true) @Nullable
        MultipartSettings multipart,

        @Field(label = "Callers prove themselves by", defaultValue = "none")
        Kind authentication,

        @Field(label = "Signature", when = "authentication=signature") @Nullable
        SignatureSettings signature,

        @Field(label = "API key", when = "authentication=api-key") @Nullable
        ApiKeySettings apiKey,

        @Field(label = "Tokens", when = "authentication=jwt", advanced = true) @Nullable
        JwtSettings jwt,

        @Field(
                label = "Allowed addresses",
                help = "Only these may call, as 203.0.113.7 or 10.0.0.0/8; all where none are given.",
                defaultValue = "[]",
                advanced = true)
        @Size(max = 200)
        List<String> allowFrom,

        @Field(label = "Web pages (CORS)", advanced = true) @Nullable
        CorsSettings cors,

        @Field(
                label = "Requests a minute",
                help = "More are refused (429) until the minute is over; as many as come where nothing is given.",
                advanced = true)
        @Min(1)
        @Max(10_000_000)
        @Nullable
        Integer perMinute) {

    /** How callers prove themselves. */
    enum Kind {
        NONE,
        SIGNATURE,
        API_KEY,
        BASIC,
        JWT
    }

    WebhookSettings {
        allowFrom.forEach(AddressRange::parse);
        if (authentication == Kind.SIGNATURE && signature == null) {
            throw new IllegalArgumentException("signature must say which scheme the sender follows");
        }
        if (authentication != Kind.SIGNATURE && signature != null || authentication != Kind.API_KEY && apiKey != null) {
            throw new IllegalArgumentException("signature and apiKey go with the authentication of that name only");
        }
        if (authentication != Kind.JWT && jwt != null) {
            throw new IllegalArgumentException("jwt goes with the authentication of that name only");
        }
        if (signature != null) {
            signature.signature();
        }
    }

    Binding binding() {
        var methods = method == WebhookTrigger.Method.ANY ? Set.<String>of() : Set.of(method.name());
        var admission = new Admission(
                proof(),
                allowFrom.stream().map(AddressRange::parse).toList(),
                cors == null ? null : cors.cors(),
                perMinute);
        var auto = BodyRules.AUTO;
        var rules = multipart == null
                ? new BodyRules(body, auto.maxParts(), auto.maxFileSize())
                : new BodyRules(body, multipart.maxParts(), multipart.maxFileSize());
        return new Binding(path, methods, respond, admission, rules);
    }

    private Authentication proof() {
        return switch (authentication) {
            case NONE -> new Authentication.None();
            case SIGNATURE -> requireSignature().signature();
            case API_KEY -> new Authentication.ApiKey(apiKey == null ? "X-API-Key" : apiKey.header());
            case BASIC -> new Authentication.Basic();
            case JWT -> jwt == null ? new Authentication.Jwt() : jwt.jwt();
        };
    }

    private SignatureSettings requireSignature() {
        if (signature == null) {
            throw new IllegalStateException("checked when it was made");
        }
        return signature;
    }
}
