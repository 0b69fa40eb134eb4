package dev.cadre.platform.run.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.run.Events;
import dev.cadre.platform.run.RunException;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.RunId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells runs what they wait for. */
@Tag(name = "events")
@RestController
class EventController {

    /** A message for one run. */
    record MessageInput(
            @NotBlank @Size(max = 200) String name,
            @Size(max = 500) @Nullable String key,
            @Nullable Object body) {}

    /** Who got it. */
    record MessageTold(RunId runId) {}

    /** A signal for all runs that wait for it. */
    record SignalInput(
            @NotBlank @Size(max = 200) String name,
            @Nullable Object body) {}

    /** How many runs had waited. */
    record SignalTold(int delivered) {}

    private final Events events;
    private final ApplicationEventPublisher publisher;

    EventController(Events events, ApplicationEventPublisher publisher) {
        this.events = events;
        this.publisher = publisher;
    }

    /** Refused (409) when no run waits for the message with the key. */
    @Requires(Permission.RUN_EXECUTE)
    @PostMapping("/api/v1/messages")
    MessageTold message(Caller caller, @Valid @RequestBody MessageInput message) {
        var request = new HashMap<String, @Nullable Object>();
        request.put("body", message.body());
        var run = events.message(
                        caller.organization(), message.name(), message.key(), Collections.unmodifiableMap(request))
                .orElseThrow(() -> RunException.nobodyWaits(message.name()));
        return new MessageTold(run);
    }

    @Requires(Permission.RUN_EXECUTE)
    @PostMapping("/api/v1/signals")
    SignalTold signal(Caller caller, @Valid @RequestBody SignalInput signal) {
        // Each run that has waited moves by itself: whoever told them is known before the first one does.
        publisher.publishEvent(
                Audited.of(caller.organization(), "signal.told", Subject.of("signal", signal.name(), signal.name())));
        return new SignalTold(events.signal(caller.organization(), signal.name(), signal.body()));
    }
}
