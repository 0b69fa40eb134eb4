package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.plugin.StepPerformer.TriggerPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.Template;
import dev.cadre.platform.workflow.internal.expression.Compiled;
import dev.cadre.spi.StepException;
import dev.cadre.spi.trigger.Authentication;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which connection a trigger checks its callers by, and says where one is missing. */
final class TriggerConnection {

    private final Compilation in;
    private final String id;

    TriggerConnection(Compilation in, String id) {
        this.in = in;
        this.id = id;
    }

    /** The connection that the trigger names, null where it names none. */
    @Nullable
    String of(Element trigger, Optional<StepType> type, @Nullable Compiled<Template> settings) {
        var given = trigger.attribute("connection");
        var connection = given == null || given.isBlank() ? null : given.strip();
        if (type.isPresent() && settings != null && provesCallers(type.get(), settings)) {
            var needed = type.get().connectionType();
            if (connection == null) {
                in.problems.error(
                        id,
                        "connection-missing",
                        "Callers must prove themselves: choose the connection of type " + needed
                                + " that they are checked by.");
            } else if (needed != null && !in.references().connectionExists(connection, needed)) {
                in.problems.error(
                        id,
                        "unknown-connection",
                        "There is no connection \"" + Compilation.clip(connection) + "\" of type " + needed
                                + ": create it or choose another.");
            }
        }
        return connection;
    }

    @SuppressWarnings("unchecked")
    private boolean provesCallers(StepType type, Compiled<Template> settings) {
        if (!(type.performer() instanceof TriggerPerformer trigger)
                || !(settings.document() instanceof Map<?, ?> values)
                || !settings.paths().isEmpty()) {
            return false;
        }
        try {
            var binding = trigger.binding((Map<String, Object>) values);
            return binding != null && !(binding.admission().authentication() instanceof Authentication.None);
        } catch (StepException e) {
            return false; // what is wrong with the settings is said elsewhere
        }
    }
}
