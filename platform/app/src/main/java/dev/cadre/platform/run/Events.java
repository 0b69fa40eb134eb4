package dev.cadre.platform.run;

import dev.cadre.platform.run.internal.event.OutsideEvents;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tells runs what happened outside: messages to one of them, signals to all that wait. */
@Service
public class Events {

    private final OutsideEvents events;

    Events(OutsideEvents events) {
        this.events = events;
    }

    /**
     * Tells the message event that a token under {@code /hooks-resume/} is of. Refuses (404) a token that was not made
     * here, and (409) one whose run does not wait there.
     *
     * @param request {@code body, headers, query, method} as of a webhook
     */
    public RunId resume(String token, Map<String, Object> request) {
        return events.resume(token, request);
    }

    /** Tells the run that waits for the message with the key; empty where none does. */
    public Optional<RunId> message(
            OrganizationId organization, String name, @Nullable String key, Map<String, Object> request) {
        return events.message(organization, name, key, request);
    }

    /** Tells all runs that wait for the signal, and says how many did. */
    public int signal(OrganizationId organization, String name, @Nullable Object body) {
        return events.signal(organization, name, body);
    }
}
