package dev.cadre.testkit;

import dev.cadre.spi.trigger.Trigger;
import org.junit.jupiter.api.Test;

/** What every trigger must satisfy. Extend it with a constructor call and nothing else. */
public abstract class TriggerContractTest {

    private final Trigger<?> trigger;

    protected TriggerContractTest(Trigger<?> trigger) {
        this.trigger = trigger;
    }

    @Test
    void canBeLoaded() {
        Contract.canBeLoaded(trigger);
    }

    @Test
    void canBeShownInTheLibrary() {
        Contract.canBeShown(trigger.definition().info());
    }

    @Test
    void everyFieldTheDesignerShowsHasALabel() {
        Contract.everyFieldHasALabel(trigger.definition().settings());
    }

    @Test
    void settingsAndDataHaveASchema() {
        Contract.hasASchema(trigger.definition().settings());
        Contract.hasASchema(trigger.definition().data());
    }
}
