package dev.cadre.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.spi.connector.ConnectionSettings;
import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.connector.ConnectorDefinition;
import dev.cadre.spi.connector.Operation;
import dev.cadre.spi.trigger.CallerKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What every connector must satisfy. Extend it with a constructor call and nothing else. */
public abstract class ConnectorContractTest {

    private final Connector connector;
    private final ConnectorDefinition definition;

    protected ConnectorContractTest(Connector connector) {
        this.connector = connector;
        this.definition = connector.definition();
    }

    @Test
    void canBeLoaded() {
        Contract.canBeLoaded(connector);
    }

    @Test
    void canBeShownInTheLibrary() {
        Contract.idIsKebabCase(definition.id());
        Contract.iconIsPathData(definition.icon());
        assertThat(definition.operations().isEmpty() && !keepsCallerKeys())
                .as("a connector without operations keeps what callers of triggers are checked by")
                .isFalse();
        assertThat(definition.operations()).allSatisfy(operation -> {
            Contract.idIsKebabCase(operation.id());
            assertThat(operation.title()).isNotBlank().hasSizeLessThanOrEqualTo(40);
            assertThat(operation.description()).isNotBlank();
        });
    }

    @Test
    void everyOperationHasARoute() throws Exception {
        var test = definition.test();
        var operations = new ArrayList<Operation<?, ?>>(definition.operations());
        if (test != null) {
            operations.add(test);
        }
        try (var camel = new DefaultCamelContext()) {
            camel.addRoutes(connector.routes());
            assertThat(camel.getRouteDefinitions().stream()
                            .map(route -> route.getInput().getEndpointUri()))
                    .containsAll(operations.stream().map(Operation::endpoint).toList());
        }
    }

    @Test
    void everyFieldTheDesignerShowsHasALabel() {
        shownTypes().forEach(Contract::everyFieldHasALabel);
    }

    @Test
    void everyRecordHasASchema() {
        shownTypes().forEach(Contract::hasASchema);
        definition.operations().forEach(operation -> Contract.hasASchema(operation.output()));
    }

    @Test
    void theConnectionSaysWhereItsSecretsMayGo() {
        var connection = definition.connection();
        if (connection != null) {
            assertThat(connection).isAssignableTo(ConnectionSettings.class);
        }
    }

    private boolean keepsCallerKeys() {
        var connection = definition.connection();
        return connection != null && CallerKeys.class.isAssignableFrom(connection);
    }

    private List<Class<? extends Record>> shownTypes() {
        var types = new ArrayList<Class<? extends Record>>();
        var connection = definition.connection();
        if (connection != null) {
            types.add(connection);
        }
        definition.operations().forEach(operation -> types.add(operation.input()));
        return types;
    }
}
