package dev.cadre.platform.connector;

import dev.cadre.spi.Field;
import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.connector.ConnectionSettings;
import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.connector.ConnectorDefinition;
import dev.cadre.spi.connector.HttpAnswer;
import dev.cadre.spi.connector.HttpCall;
import dev.cadre.spi.connector.OAuth2;
import dev.cadre.spi.connector.OAuthSettings;
import dev.cadre.spi.connector.Operation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;

/** Asks the address of its connection, or another one that the step names; with OAuth where it is made so. */
public class EchoConnector implements Connector {

    /** With a secret of its own. */
    public record Plain(
            @Field(label = "Token") Secret token,
            @Field(label = "Second token") @Nullable Secret second,
            @Field(label = "Address") URI address)
            implements ConnectionSettings {
        @Override
        public List<URI> origins() {
            return List.of(address);
        }
    }

    /** Authorized in the browser. */
    public record Authorized(
            @Field(label = "Client") String clientId,
            @Field(label = "Client secret") Secret clientSecret,
            @Field(label = "Address") URI address)
            implements OAuthSettings {
        @Override
        public List<URI> origins() {
            return List.of(address);
        }

        @Override
        public OAuth2 oauth(OAuth2 declared) {
            return new OAuth2(
                    address.resolve("/authorize"), address.resolve("/token"), declared.scopes(), declared.parameters());
        }
    }

    /** What to ask. */
    public record Ask(
            @Field(label = "Address") @Nullable URI elsewhere,
            @Field(label = "Refuse", defaultValue = "false") boolean refuse) {}

    /** What was answered. */
    public record Echo(String body) {}

    /** No input. */
    public record Nothing() {}

    private final String id;
    private final boolean oauth;
    private final Operation<Ask, Echo> ask;
    private final Operation<Nothing, Echo> test;

    public EchoConnector(String id, boolean oauth) {
        this.id = id;
        this.oauth = oauth;
        this.ask = new Operation<>(id + "-ask", "Ask", "Asks.", Ask.class, Echo.class);
        this.test = new Operation<>(id + "-test", "Test", "Asks.", Nothing.class, Echo.class);
    }

    @Override
    public ConnectorDefinition definition() {
        return new ConnectorDefinition(
                id,
                "Echo",
                "Asks an address.",
                "M1 1h1",
                oauth ? Authorized.class : Plain.class,
                test,
                oauth
                        ? new OAuth2(
                                URI.create("https://unused.example/a"),
                                URI.create("https://unused.example/t"),
                                List.of("read", "write"),
                                Map.of("access_type", "offline"))
                        : null,
                List.of(ask));
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (var operation : List.of(ask, test)) {
                    from(operation.endpoint())
                            .process(EchoConnector.this::request)
                            .to(HttpCall.ENDPOINT)
                            .process(HttpAnswer.success("ECHO"))
                            .process(exchange -> exchange.getMessage()
                                    .setBody(new Echo(exchange.getMessage().getBody(String.class))));
                }
            }
        };
    }

    private void request(Exchange exchange) {
        var base = oauth
                ? Operation.connection(exchange, Authorized.class).address()
                : Operation.connection(exchange, Plain.class).address();
        var token = oauth
                ? Operation.accessToken(exchange)
                : Operation.connection(exchange, Plain.class).token();
        if (exchange.getMessage().getBody() instanceof Ask asked) {
            if (asked.refuse()) {
                throw new Rejected("ECHO_REFUSED", "As it was asked.");
            }
            base = asked.elsewhere() == null ? base : asked.elsewhere();
        }
        HttpCall.of(exchange, "GET", base).path("echo").bearer(token).noBody();
    }
}
