package dev.cadre.testkit;

import dev.cadre.spi.agent.Agent;
import org.junit.jupiter.api.Test;

/** What every agent must satisfy. Extend it with a constructor call and nothing else. */
public abstract class AgentContractTest {

    private final Agent<?, ?> agent;

    protected AgentContractTest(Agent<?, ?> agent) {
        this.agent = agent;
    }

    @Test
    void canBeLoaded() {
        Contract.canBeLoaded(agent);
    }

    @Test
    void canBeShownInTheLibrary() {
        Contract.canBeShown(agent.definition().info());
    }

    @Test
    void everyFieldTheDesignerShowsHasALabel() {
        Contract.everyFieldHasALabel(agent.definition().input());
    }

    @Test
    void inputAndOutputHaveASchema() {
        Contract.hasASchema(agent.definition().input());
        Contract.hasASchema(agent.definition().output());
    }
}
