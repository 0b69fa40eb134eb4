package dev.cadre.platform.run;

import dev.cadre.platform.run.internal.event.OutsideEvents;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * Tells the run that waits for the message with the key, and the audit log with it; empty where none waits.
     *
     * @param request {@code body} as of a webhook
     */
    public Optional<RunId> message(
            OrganizationId organization, String name, @Nullable String key, Map<String, Object> request) {
        return events.message(organization, name, key, request);
    }

    /**
     * Tells the run of a workflow's published versions that has waited longest for one of the messages with the key; empty
     * where none does.
     *
     * @param messageId by which {@link #told} knows it again
     */
    public Optional<RunId> correlated(
            OrganizationId organization,
            WorkflowId workflow,
            Set<String> messages,
            String key,
            String messageId,
            Map<String, Object> request) {
        return events.correlated(organization, workflow, messages, key, messageId, request);
    }

    /** The run that the message with the id was told; empty where it was told nobody. */
    public Optional<RunId> told(OrganizationId organization, String messageId) {
        return events.told(organization, messageId);
    }

    /** Tells all runs that wait for the signal, and says how many did. */
    public int signal(OrganizationId organization, String name, @Nullable Object body) {
        return events.signal(organization, name, body);
    }
}
