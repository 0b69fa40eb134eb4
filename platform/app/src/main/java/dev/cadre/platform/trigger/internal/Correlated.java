package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.run.Events;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.trigger.internal.admission.Replays;
import dev.cadre.platform.trigger.internal.admission.Signed;
import dev.cadre.spi.StepException;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the run that a request is for: the one that waits with the value that the request is correlated by. */
@Component
class Correlated {

    private static final int LONGEST_KEY = 500;

    private final Events events;
    private final Replays replays;

    Correlated(Events events, Replays replays) {
        this.events = events;
        this.replays = replays;
    }

    /**
     * Refuses (422) a request without a value, and (409) one that no run waits for: nothing is kept for later.
     *
     * @param signed where the same request may tell only once
     */
    RunId tell(Route route, Route.Correlation correlation, Map<String, Object> request, @Nullable Signed signed) {
        var key = key(correlation, request);
        if (signed == null) {
            return tell(route, correlation, key, RunId.create(), request);
        }
        var organization = route.definition().organization();
        return replays.once(
                organization,
                signed,
                told -> events.told(organization, told.toString()).isPresent(),
                message -> tell(route, correlation, key, message, request));
    }

    private RunId tell(
            Route route, Route.Correlation correlation, String key, RunId message, Map<String, Object> request) {
        var definition = route.definition();
        return events.correlated(
                        definition.organization(),
                        definition.workflow(),
                        correlation.messages(),
                        key,
                        message.toString(),
                        request)
                .orElseThrow(TriggerException::notAwaited);
    }

    private static String key(Route.Correlation correlation, Map<String, Object> request) {
        try {
            var value = correlation.value().evaluate(Map.of("request", request));
            var key = value instanceof Number number
                    ? new BigDecimal(number.toString()).toPlainString()
                    : value instanceof String || value instanceof Boolean ? value.toString() : "";
            if (!key.isEmpty() && key.length() <= LONGEST_KEY) {
                return key;
            }
        } catch (StepException | NumberFormatException e) {
            // said below: callers are told nothing of the expression, and a number without end is none
        }
        throw TriggerException.uncorrelated();
    }
}
