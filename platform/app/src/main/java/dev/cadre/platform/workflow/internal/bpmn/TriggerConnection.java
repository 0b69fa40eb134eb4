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
        var proof = type.isPresent() && settings != null ? proof(type.get(), settings) : new Authentication.None();
        if (type.isPresent() && !(proof instanceof Authentication.None)) {
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
            } else if (!in.references().provesCallers(connection, proof)) {
                in.problems.error(
                        id,
                        "connection-unfit",
                        "The connection \"" + Compilation.clip(connection)
                                + "\" holds a secret of another kind: callers " + "are to prove themselves by "
                                + kind(proof) + ".");
            }
        }
        return connection;
    }

    @SuppressWarnings("unchecked")
    private static Authentication proof(StepType type, Compiled<Template> settings) {
        if (!(type.performer() instanceof TriggerPerformer trigger)
                || !(settings.document() instanceof Map<?, ?> values)
                || !settings.paths().isEmpty()) {
            return new Authentication.None();
        }
        try {
            var binding = trigger.binding((Map<String, Object>) values);
            return binding == null
                    ? new Authentication.None()
                    : binding.admission().authentication();
        } catch (StepException e) {
            return new Authentication.None(); // what is wrong with the settings is said elsewhere
        }
    }

    private static String kind(Authentication proof) {
        return switch (proof) {
            case Authentication.None _ -> "nothing";
            case Authentication.Signature _ -> "a signature (hmac)";
            case Authentication.ApiKey _ -> "an API key";
            case Authentication.Basic _ -> "user name and password (basic)";
            case Authentication.Jwt _ -> "a token (jwt)";
        };
    }
}
