package dev.cadre.platform.connector.internal;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.spi.StepException;
import dev.cadre.spi.connector.Operation;
import dev.cadre.spi.http.HttpClient;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Proves a connection by its connector's test operation. */
@Component
public class ConnectionTester {

    private static final Logger log = LoggerFactory.getLogger(ConnectionTester.class);

    /** What came of it, in words for the person who made the connection. */
    public record ConnectionCheck(boolean ok, String message) {}

    private final InstalledConnectors connectors;
    private final OpenConnections connections;
    private final HttpClient http;
    private final ApplicationEventPublisher events;

    ConnectionTester(
            InstalledConnectors connectors,
            OpenConnections connections,
            HttpClient http,
            ApplicationEventPublisher events) {
        this.events = events;
        this.connectors = connectors;
        this.connections = connections;
        this.http = http;
    }

    public ConnectionCheck test(ConnectionRow row) {
        var check = check(row);
        events.publishEvent(Audited.of(
                row.organization(),
                "connection.tested",
                Subject.of("connection", row.id(), row.name()),
                Map.of("ok", check.ok())));
        return check;
    }

    private ConnectionCheck check(ConnectionRow row) {
        var connector = connectors.of(row.type());
        var test = connector.definition().test();
        if (test == null) {
            return new ConnectionCheck(true, "This kind of connection has no test.");
        }
        var atWork = connector.plugin().atWork();
        try {
            atWork.begin();
        } catch (StepException e) {
            return new ConnectionCheck(false, String.valueOf(e.getMessage()));
        }
        try {
            perform(connector, row, test);
            return new ConnectionCheck(true, "The connection works.");
        } catch (StepException e) {
            return new ConnectionCheck(false, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            log.warn("The test operation of the connector {} failed", row.type(), e);
            return new ConnectionCheck(false, "The connector failed.");
        } finally {
            atWork.end();
        }
    }

    private <I extends Record, O extends Record> void perform(
            InstalledConnector connector, ConnectionRow row, Operation<I, O> test) throws Exception {
        var input = connector.plugin().bindings().of(test.input()).read(Map.of());
        connector.runtime().perform(test, input, connections.open(connector, row), TestContext.create(http));
    }
}
