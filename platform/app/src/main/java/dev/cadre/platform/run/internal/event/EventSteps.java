package dev.cadre.platform.run.internal.event;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.schema.RecordBinding;
import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.Field;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The steps of the hub that events are: {@code message, signal} wait, {@code message-send, signal-send} tell. */
@Component
class EventSteps {

    static final String MESSAGE = "message";
    static final String SIGNAL = "signal";

    private static final String ENVELOPE = "M3 6h18v12H3zM3 7l9 6l9-6";
    private static final String WAVES =
            "M12 12h.01M8 8a6 6 0 0 0 0 8M16 8a6 6 0 0 1 0 8M5 5a10 10 0 0 0 0 14M19 5a10 10 0 0 1 0 14";

    /** A message that is waited for; without a key the one without a key. */
    record MessageWait(
            @Field(label = "Message", help = "Its name.") @NotBlank @Size(max = 200)
            String name,

            @Field(label = "Key", help = "Only a message with this key counts, as the number of an order.")
            @Size(max = 500)
            @Nullable
            String key) {}

    /** A signal that is waited for. */
    record SignalWait(
            @Field(label = "Signal", help = "Its name.") @NotBlank @Size(max = 200)
            String name) {}

    /** A message to tell; {@code patience} is how long to look for somebody who waits for it. */
    record MessageTold(
            @Field(label = "Message", help = "Its name.") @NotBlank @Size(max = 200)
            String name,

            @Field(label = "Key", help = "Who waits with this key gets it.") @Size(max = 500) @Nullable
            String key,

            @Field(
                    label = "Patience",
                    help = "How long to look for somebody who waits, as PT1H; at once only where empty.",
                    advanced = true)
            @Nullable
            Duration patience,

            @Field(label = "Content", help = "What the other one sees as body.") @Nullable
            Object body) {}

    /** A signal to tell. */
    record SignalTold(
            @Field(label = "Signal", help = "Its name.") @NotBlank @Size(max = 200)
            String name,

            @Field(label = "Content", help = "What the others see as body.") @Nullable
            Object body) {}

    /** What came: {@code headers, query} and {@code method} are of the request that brought it. */
    record Received(
            String name,
            @Nullable Object body,
            @Nullable Map<String, Object> headers,
            @Nullable Map<String, Object> query,
            @Nullable String method,
            Instant receivedAt,
            @Nullable String messageId) {}

    /** Whether somebody had waited. */
    record Delivered(boolean delivered, @Nullable String runId) {}

    /** How many had waited. */
    record Spread(int delivered) {}

    private static final RecordBindings BINDINGS = new RecordBindings();
    private static final StepType.PluginRef PLUGIN = new StepType.PluginRef("cadre-events", "1");

    private final RecordBinding<MessageWait> messageWait = BINDINGS.of(MessageWait.class);
    private final RecordBinding<SignalWait> signalWait = BINDINGS.of(SignalWait.class);
    private final RecordBinding<MessageTold> messageTold = BINDINGS.of(MessageTold.class);
    private final RecordBinding<SignalTold> signalTold = BINDINGS.of(SignalTold.class);
    private final RecordBinding<Received> received = BINDINGS.of(Received.class);
    private final RecordBinding<Delivered> delivered = BINDINGS.of(Delivered.class);
    private final RecordBinding<Spread> spread = BINDINGS.of(Spread.class);

    EventSteps(StepTypes types, Deliveries deliveries) {
        types.add(List.of(
                type(
                        MESSAGE,
                        "Wait for a message",
                        "Waits until a message arrives, from outside or from another run.",
                        ENVELOPE,
                        messageWait,
                        received,
                        new Waiting(messageWait)),
                type(
                        SIGNAL,
                        "Wait for a signal",
                        "Waits until a run, or somebody over the API, sends the signal to all.",
                        WAVES,
                        signalWait,
                        received,
                        new Waiting(signalWait)),
                type(
                        "message-send",
                        "Send a message",
                        "Tells the run that waits for this message.",
                        ENVELOPE,
                        messageTold,
                        delivered,
                        new MessageSending(messageTold, delivered, received, deliveries)),
                type(
                        "signal-send",
                        "Send a signal",
                        "Tells all runs that wait for this signal.",
                        WAVES,
                        signalTold,
                        spread,
                        new SignalSending(signalTold, spread, received, deliveries))));
    }

    private static StepType type(
            String id,
            String title,
            String description,
            String icon,
            RecordBinding<?> input,
            RecordBinding<?> output,
            StepPerformer performer) {
        return new StepType(
                id,
                title,
                description,
                "Flow",
                icon,
                StepType.Kind.CORE,
                PLUGIN,
                null,
                input.schema(),
                output.schema(),
                performer);
    }

    /** What a wait gives its run. */
    static Map<String, Object> values(
            RecordBinding<Received> binding, String name, @Nullable Object body, @Nullable String messageId) {
        return binding.write(new Received(name, body, null, null, null, Instant.now(), messageId));
    }

    RecordBinding<Received> received() {
        return received;
    }

    private record Waiting(RecordBinding<?> input) implements StepPerformer.OutsidePerformer {

        @Override
        public @Nullable Instant until(Map<String, Object> values, Instant now) {
            input.read(values);
            return null;
        }

        @Override
        public Instant wake(OrganizationId organization, Map<String, Object> values, StepContext context) {
            throw new StepException.Rejected("EVENT_OVERDUE", "The event did not happen in time.");
        }
    }
}
