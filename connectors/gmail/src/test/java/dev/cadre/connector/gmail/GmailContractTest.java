package dev.cadre.connector.gmail;

import dev.cadre.testkit.ConnectorContractTest;

class GmailContractTest extends ConnectorContractTest {
    GmailContractTest() {
        super(new GmailConnector());
    }
}
