package dev.cadre.connector.rest;

import dev.cadre.testkit.ConnectorContractTest;

class RestContractTest extends ConnectorContractTest {
    RestContractTest() {
        super(new RestConnector());
    }
}
