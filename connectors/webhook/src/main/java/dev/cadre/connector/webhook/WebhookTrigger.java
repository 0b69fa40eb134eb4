package dev.cadre.connector.webhook;

import dev.cadre.spi.StepInfo;
import dev.cadre.spi.trigger.HttpTrigger;
import dev.cadre.spi.trigger.TriggerDefinition;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Starts a run for each HTTP request to an address of its own. */
@Extension
public final class WebhookTrigger implements HttpTrigger<WebhookSettings> {

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

    /** What workflows see as {@code trigger}. */
    record Data(
            @Nullable Object body,
            Map<String, String> headers,
            Map<String, Object> query,
            String path,
            String method) {}

    @Override
    public TriggerDefinition<WebhookSettings> definition() {
        return new TriggerDefinition<>(
                new StepInfo(
                        "webhook",
                        "Webhook",
                        "Starts a run for each HTTP request to its own address.",
                        "Triggers",
                        "M12 8a4 4 0 1 0-4-4M12 8l-4 8M16 16a4 4 0 1 1-1 6M16 16h-9M8 16a4 4 0 1 0 3 5M12 8l4 8"),
                WebhookSettings.class,
                Data.class,
                WebhookSecretConnector.ID);
    }

    @Override
    public Binding binding(WebhookSettings settings) {
        return settings.binding();
    }
}
