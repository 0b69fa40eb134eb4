package dev.cadre.connector.slack;

import dev.cadre.testkit.ConnectorContractTest;

class SlackContractTest extends ConnectorContractTest {
    SlackContractTest() {
        super(new SlackConnector());
    }
}
