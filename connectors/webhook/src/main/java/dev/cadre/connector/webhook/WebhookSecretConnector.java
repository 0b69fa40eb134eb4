package dev.cadre.connector.webhook;

import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.connector.ConnectorDefinition;
import java.util.List;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.pf4j.Extension;

/** Keeps what callers of webhooks prove themselves with. It does nothing: it has no operations. */
@Extension
public final class WebhookSecretConnector implements Connector {

    static final String ID = "webhook-secret";

    @Override
    public ConnectorDefinition definition() {
        return new ConnectorDefinition(
                ID,
                "Webhook secret",
                "What callers of a webhook prove themselves with: a signing secret, an API key, a password or the key of tokens.",
                "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM9 12l2 2 4-4",
                WebhookSecret.class,
                null,
                null,
                List.of());
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // nothing leaves through it
            }
        };
    }
}
