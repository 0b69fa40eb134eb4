package dev.cadre.platform.connector.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.connector.Operation;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.PluginHelper;

/** One connector's routes in a Camel context of their own. Nothing of it outlives {@link #close}. */
final class ConnectorRuntime implements AutoCloseable {

    /** Takes the place of a context that is gone where Camel remembers the last one in a static field. */
    private static final CamelContext NOBODYS = new DefaultCamelContext(false);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate producer;
    private final ClassLoader classLoader;
    private final Connector connector;

    ConnectorRuntime(String name, Connector connector, ClassLoader classLoader, GuardedComponents components) {
        this.connector = connector;
        this.classLoader = classLoader;
        camel.disableJMX();
        camel.getCamelContextExtension().setName(name);
        camel.setMessageHistory(false);
        camel.setLogMask(true);
        camel.getStreamCachingStrategy().setSpoolEnabled(false);
        camel.getShutdownStrategy().setTimeout(5);
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        camel.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
        camel.getCamelContextExtension()
                .addContextPlugin(ComponentResolver.class, (scheme, context) -> components.create(scheme));
        camel.getCamelContextExtension().setErrorHandlerFactory(silentErrorHandler());
        camel.getRegistry().bind("json", mapper());
        this.producer = camel.createProducerTemplate();
    }

    void start() throws Exception {
        camel.addRoutes(connector.routes());
        for (var route : camel.getRouteDefinitions()) {
            var scheme = route.getInput().getEndpointUri().split(":", 2)[0];
            if (!scheme.equals("direct")) {
                throw new IllegalArgumentException(
                        "A connector's routes start at direct endpoints, not at " + scheme + ".");
            }
        }
        camel.start();
        producer.start();
    }

    /** Sends the input through the operation's route. */
    <I extends Record, O extends Record> O perform(
            Operation<I, O> operation, I input, OpenConnection connection, StepContext context) throws Exception {
        var exchange = camel.getEndpoint(operation.endpoint()).createExchange(ExchangePattern.InOut);
        exchange.setProperty(Operation.CONTEXT, context);
        exchange.setProperty(Operation.CONNECTION, connection.settings());
        exchange.setProperty(Operation.ACCESS_TOKEN, connection.accessToken());
        exchange.getMessage().setBody(input);
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(classLoader);
        try {
            ScopedValue.where(GuardedComponents.CURRENT, connection)
                    .run(() -> producer.send(operation.endpoint(), exchange));
        } finally {
            thread.setContextClassLoader(before);
        }
        if (exchange.getException() != null) {
            throw failure(connection.hidden(), exchange.getException());
        }
        var body = exchange.getMessage().getBody();
        if (!operation.output().isInstance(body)) {
            throw new Rejected(
                    "INVALID_OUTPUT", "The route of " + operation.id() + " does not leave its output record as body.");
        }
        return operation.output().cast(body);
    }

    /** Services give back in their failures what they were sent: nobody shall read the connection's secrets there. */
    private static Exception failure(HiddenSecrets hidden, Exception thrown) {
        var failure = RouteFailures.of(thrown);
        if (failure instanceof StepException expected) {
            return hidden.in(expected);
        }
        return hidden.areIn(failure)
                ? new IllegalStateException(
                        failure.getClass().getName() + ": " + hidden.in(String.valueOf(failure.getMessage())))
                : failure;
    }

    @Override
    public void close() {
        producer.stop();
        camel.stop();
        // Camel remembers classes that it looked into beyond the end of a context.
        PluginHelper.getBeanIntrospection(camel).clearCache();
        forgetInSimpleLanguage();
    }

    private static void forgetInSimpleLanguage() {
        var simple = new SimpleLanguage();
        simple.setCamelContext(NOBODYS);
        simple.start(); // writes its context into the static field, and does nothing else
    }

    /** Failures are told by the task, not by the log: a message may hold what must not be read there. */
    private static DefaultErrorHandlerDefinition silentErrorHandler() {
        var policy = new RedeliveryPolicyDefinition();
        policy.setMaximumRedeliveries("0");
        policy.setLogExhausted("false");
        policy.setLogStackTrace("false");
        policy.setLogExhaustedMessageHistory("false");
        var handler = new DefaultErrorHandlerDefinition();
        handler.setRedeliveryPolicy(policy);
        return handler;
    }

    /** With a cache of its own: the shared one would hold the plugin's classes. */
    private static ObjectMapper mapper() {
        var mapper = new ObjectMapper();
        mapper.setTypeFactory(TypeFactory.defaultInstance().withCache(new LRUMap<>(16, 200)));
        return mapper;
    }
}
