package dev.cadre.connector.webhook;

import dev.cadre.spi.Field;
import dev.cadre.spi.trigger.Cors;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Which web pages may call from the browser. */
record CorsSettings(
        @Field(label = "Web pages", help = "Their origins, as https://shop.example, or * for all.")
        @NotEmpty
        @Size(max = 50)
        List<
                        @Pattern(
                                regexp =
                                        "\\*|https?://[A-Za-z0-9.-]+(:\\d{1,5})?|https?://\\[[0-9A-Fa-f:]+](:\\d{1,5})?",
                                message = "must be an origin such as https://shop.example, without a path, or *")
                        String>
                origins,

        @Field(
                label = "Methods",
                help = "Those of the trigger, where none are given.",
                defaultValue = "[]",
                advanced = true)
        List<WebhookTrigger.Method> methods,

        @Field(
                label = "Headers",
                help = "That pages may send besides Content-Type and the headers of the authentication.",
                defaultValue = "[]",
                advanced = true)
        @Size(max = 50)
        List<@Pattern(regexp = Headers.NAME, message = Headers.WRONG) String> headers,

        @Field(label = "Remember for", help = "How long browsers may.", defaultValue = "PT10M", advanced = true)
        Duration maxAge) {

    CorsSettings {
        if (maxAge.isNegative() || maxAge.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("maxAge must be from PT0S to P1D");
        }
    }

    Cors cors() {
        var lower = new HashSet<String>();
        origins.forEach(origin -> lower.add(origin.toLowerCase(Locale.ROOT)));
        var verbs = new HashSet<String>();
        methods.stream()
                .filter(method -> method != WebhookTrigger.Method.ANY)
                .forEach(method -> verbs.add(method.name()));
        return new Cors(lower, verbs, new HashSet<>(headers), maxAge);
    }
}
