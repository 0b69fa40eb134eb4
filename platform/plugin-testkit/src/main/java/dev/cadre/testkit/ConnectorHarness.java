package dev.cadre.testkit;

import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException;
import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.connector.Operation;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** Runs a connector's real routes in a Camel context of its own, the way the platform does. */
public final class ConnectorHarness implements AutoCloseable {

    private final RecordBindings bindings = new RecordBindings();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final FakeStepContext context = new FakeStepContext();
    private @Nullable Secret accessToken;

    public ConnectorHarness(Connector connector) throws Exception {
        camel.addRoutes(connector.routes());
        camel.start();
    }

    /** The OAuth access token that the platform would pass. */
    public ConnectorHarness withAccessToken(String token) {
        accessToken = new Secret(token);
        return this;
    }

    /** Binds and validates the input, runs the operation's route and returns its output as JSON values. */
    public <I extends Record, O extends Record> Map<String, Object> call(
            Operation<I, O> operation, @Nullable Record connection, Map<String, ? extends @Nullable Object> input) {
        var record = bindings.of(operation.input()).read(input);
        return bindings.of(operation.output()).write(call(operation, connection, record));
    }

    /** Runs the operation's route with an input that is taken as it is. */
    public <I extends Record, O extends Record> O call(
            Operation<I, O> operation, @Nullable Record connection, I input) {
        var exchange = camel.createFluentProducerTemplate()
                .to(operation.endpoint())
                .withExchangeProperty(Operation.CONNECTION, connection)
                .withExchangeProperty(Operation.ACCESS_TOKEN, accessToken)
                .withExchangeProperty(Operation.CONTEXT, context)
                .withBody(input)
                .send();
        throwFailureOf(exchange.getException());
        return Objects.requireNonNull(
                operation.output().cast(exchange.getMessage().getBody()), "The route left no body.");
    }

    private static void throwFailureOf(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StepException stepException) {
                throw stepException;
            }
        }
        if (failure != null) {
            throw new IllegalStateException("The route failed: " + failure.getMessage(), failure);
        }
    }

    public FakeStepContext context() {
        return context;
    }

    @Override
    public void close() {
        camel.stop();
        bindings.close();
    }
}
