package dev.cadre.connector.webhook;

import dev.cadre.spi.Field;
import dev.cadre.spi.StepInfo;
import dev.cadre.spi.trigger.HttpTrigger;
import dev.cadre.spi.trigger.TriggerDefinition;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Starts a run for each HTTP request to an address of its own. */
@Extension
public final class WebhookTrigger implements HttpTrigger<WebhookTrigger.Settings> {

    /** The HTTP methods that a webhook may listen to. */
    enum Method {
        ANY,
        GET,
        POST,
        PUT,
        PATCH,
        DELETE;

        @Override
        public String toString() {
            return name();
        }
    }

    record Settings(
            @Field(label = "Path", help = "The address is /hooks/ followed by this, as orders or crm/contacts.")
            @NotBlank
            @Size(max = 200)
            @Pattern(
                    regexp = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*",
                    message = "must be segments of letters, digits and - . _ ~, without a leading slash")
            String path,

            @Field(label = "Method", defaultValue = "POST") Method method,

            @Field(
                    label = "Answer",
                    help = "At once with the run's id, with the run's output, or with what a Respond step says.",
                    defaultValue = "immediately")
            Respond respond) {}

    /** What workflows see as {@code trigger}. */
    record Data(
            @Nullable Object body,
            Map<String, String> headers,
            Map<String, Object> query,
            String path,
            String method) {}

    @Override
    public TriggerDefinition<Settings> definition() {
        return new TriggerDefinition<>(
                new StepInfo(
                        "webhook",
                        "Webhook",
                        "Starts a run for each HTTP request to its own address.",
                        "Triggers",
                        "M12 8a4 4 0 1 0-4-4M12 8l-4 8M16 16a4 4 0 1 1-1 6M16 16h-9M8 16a4 4 0 1 0 3 5M12 8l4 8"),
                Settings.class,
                Data.class);
    }

    @Override
    public Binding binding(Settings settings) {
        var methods = settings.method() == Method.ANY
                ? Set.<String>of()
                : Set.of(settings.method().name());
        return new Binding(settings.path(), methods, settings.respond());
    }
}
