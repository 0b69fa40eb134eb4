package dev.cadre.platform.run.internal.event;

import dev.cadre.platform.run.RunException;
import dev.cadre.platform.run.internal.journal.ResumeLinks;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Messages and signals that do not come from a run. */
@Component
public class OutsideEvents {

    private final EventSteps steps;
    private final Deliveries deliveries;
    private final Waits waits;
    private final ResumeLinks links;
    private final JdbcClient jdbc;

    OutsideEvents(EventSteps steps, Deliveries deliveries, Waits waits, ResumeLinks links, JdbcClient jdbc) {
        this.steps = steps;
        this.deliveries = deliveries;
        this.waits = waits;
        this.links = links;
        this.jdbc = jdbc;
    }

    public RunId resume(String token, Map<String, Object> request) {
        var run = links.run(token).filter(this::exists).orElseThrow(RunException::unknownResumption);
        var waiting = waits.of(run).stream()
                .filter(wait -> links.fits(token, wait.element()))
                .findFirst()
                .orElseThrow(RunException::notWaiting);
        if (!deliveries.tell(
                waiting, values(waiting.name(), request, null), "A request to its own address came.", null)) {
            throw RunException.notWaiting();
        }
        return run;
    }

    private boolean exists(RunId run) {
        return jdbc.sql("select count(*) from run where id = ?")
                        .param(run.value())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    public Optional<RunId> message(
            OrganizationId organization, String name, @Nullable String key, Map<String, Object> request) {
        return deliveries.message(
                organization,
                name,
                key,
                null,
                values(name, request, null),
                run -> Audited.of(
                        organization, "run.message-told", Subject.of("run", run, null), Map.of("message", name)));
    }

    /** As {@link dev.cadre.platform.run.Events#correlated}. */
    public Optional<RunId> correlated(
            OrganizationId organization,
            WorkflowId workflow,
            Set<String> names,
            String key,
            String messageId,
            Map<String, Object> request) {
        return waits.correlated(organization, workflow, names, key).stream()
                .filter(wait -> deliveries.tell(
                        wait, values(wait.name(), request, messageId), "A request to its webhook came.", null))
                .map(Waits.Wait::run)
                .findFirst();
    }

    /** The run that the message with the id was told; empty where it was told nobody. */
    public Optional<RunId> told(OrganizationId organization, String messageId) {
        return waits.told(organization, messageId);
    }

    public int signal(OrganizationId organization, String name, @Nullable Object body) {
        var output = EventSteps.values(steps.received(), name, body, null);
        return deliveries.signal(organization, name, Instant.now(), output);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> values(String name, Map<String, Object> request, @Nullable String messageId) {
        return steps.received()
                .write(new EventSteps.Received(
                        name,
                        request.get("body"),
                        request.get("headers") instanceof Map<?, ?> headers ? (Map<String, Object>) headers : null,
                        request.get("query") instanceof Map<?, ?> query ? (Map<String, Object>) query : null,
                        request.get("method") instanceof String method ? method : null,
                        Instant.now(),
                        messageId));
    }
}
