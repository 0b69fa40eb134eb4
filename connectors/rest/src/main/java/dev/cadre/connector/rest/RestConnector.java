package dev.cadre.connector.rest;

import static dev.cadre.spi.connector.Operation.connection;
import static dev.cadre.spi.connector.Operation.context;
import static dev.cadre.spi.connector.Operation.input;
import static dev.cadre.spi.connector.Operation.property;

import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.connector.ConnectorDefinition;
import dev.cadre.spi.connector.HttpAnswer;
import dev.cadre.spi.connector.HttpCall;
import dev.cadre.spi.connector.Operation;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.pf4j.Extension;

/** Calls an HTTP service whose address and credentials a connection holds. */
@Extension
public class RestConnector implements Connector {

    static final Operation<RestCall, RestCall.Answer> CALL = new Operation<>(
            "rest-call",
            "Call REST service",
            "Sends one HTTP request to the service of the connection and returns its answer.",
            RestCall.class,
            RestCall.Answer.class);
    static final Operation<Probe, Probe.Reached> TEST = new Operation<>(
            "rest-test", "Test REST service", "Asks for the base URL itself.", Probe.class, Probe.Reached.class);

    private static final String ICON = "M8 4c-3 0-2 5-4 8 2 3 1 8 4 8M16 4c3 0 2 5 4 8-2 3-1 8-4 8M10 12h4";
    private static final String CALLED = "rest.call";
    private static final String ANSWER = "rest.answer";

    @Override
    public ConnectorDefinition definition() {
        return new ConnectorDefinition(
                "rest",
                "HTTP service",
                "Calls any HTTP service with the address and credentials of a connection.",
                ICON,
                RestConnection.class,
                TEST,
                null,
                List.of(CALL));
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(CALL.endpoint())
                        .process(RestConnector::request)
                        .choice()
                        .when(RestConnector::sendsValues)
                        .marshal()
                        .json()
                        .end()
                        .to(HttpCall.ENDPOINT)
                        .process(RestConnector::check)
                        .choice()
                        .when(RestConnector::answeredJson)
                        .unmarshal()
                        .json(Object.class)
                        .end()
                        .process(RestConnector::result);
                from(TEST.endpoint())
                        .process(RestConnector::probe)
                        .to(HttpCall.ENDPOINT)
                        .process(RestConnector::reached);
            }
        };
    }

    private static HttpCall call(Exchange exchange, String method) {
        return HttpCall.of(
                        exchange,
                        method,
                        connection(exchange, RestConnection.class).baseUrl())
                .header("Accept", "application/json, text/*;q=0.8, */*;q=0.5");
    }

    private static void request(Exchange exchange) {
        var input = input(exchange, RestCall.class);
        if (input.path().contains("?") || input.path().contains("#")) {
            throw new Rejected("INVALID_PATH", "Put the parameters behind ? into the step's query.");
        }
        exchange.setProperty(CALLED, input);
        var call = call(exchange, input.method().name()).path(input.path());
        if (input.query() != null) {
            input.query().forEach(call::query);
        }
        if (input.method() != RestCall.Method.GET && input.method() != RestCall.Method.HEAD) {
            call.header("Idempotency-Key", context(exchange).idempotencyKey());
        }
        if (input.headers() != null) {
            input.headers().forEach(call::header);
        }
        var given = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        switch (input.body()) {
            case null -> call.noBody();
            case String text -> call.body(given == null ? "text/plain; charset=utf-8" : given, text);
            case Object values -> call.json(values);
        }
        // Last, so that no header of the step takes the place of the connection's credentials.
        connection(exchange, RestConnection.class).authenticate(call);
    }

    private static void probe(Exchange exchange) {
        connection(exchange, RestConnection.class)
                .authenticate(call(exchange, "GET").noBody());
    }

    private static void check(Exchange exchange) {
        var answer = HttpAnswer.read(exchange);
        var call = property(exchange, CALLED, RestCall.class);
        if (!answer.successful() && !call.acceptEveryStatus()) {
            throw answer.failure("REST", answer.body());
        }
        exchange.setProperty(ANSWER, answer);
    }

    private static boolean sendsValues(Exchange exchange) {
        var body = exchange.getMessage().getBody();
        return body != null && !(body instanceof String);
    }

    private static boolean answeredJson(Exchange exchange) {
        var answer = property(exchange, ANSWER, HttpAnswer.class);
        return isJson(answer.headers().getOrDefault("content-type", ""))
                && !answer.body().isBlank();
    }

    private static void result(Exchange exchange) {
        var answer = property(exchange, ANSWER, HttpAnswer.class);
        var headers = new TreeMap<>(answer.headers());
        headers.remove("set-cookie");
        var body = exchange.getMessage().getBody();
        exchange.getMessage().setBody(new RestCall.Answer(answer.status(), headers, "".equals(body) ? null : body));
    }

    private static void reached(Exchange exchange) {
        var answer = HttpAnswer.read(exchange);
        if (answer.status() == 401 || answer.status() == 403 || answer.status() >= 500) {
            throw answer.failure("REST", answer.body());
        }
        exchange.getMessage().setBody(new Probe.Reached(answer.status()));
    }

    private static boolean isJson(String contentType) {
        var type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("application/json")
                || type.split(";", 2)[0].strip().endsWith("+json");
    }
}
