package dev.cadre.platform.live.internal;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.CallersChanged;
import dev.cadre.platform.run.RunMoved;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.trigger.ListeningEnded;
import dev.cadre.platform.trigger.WebhookHeard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Knows the connected clients and hands each what changed in its organization. With a clock of its own, which also looks once a
 * moment after a change, and ends before the server waits for open requests.
 */
@Component
class Clients extends TextWebSocketHandler {

    static final String WATCHER = "cadre.watcher";

    /** At this node, and more than anybody has pages open: a connection stays for as long as the sign-in or key does. */
    private static final int OF_ONE_CALLER = 50;

    private static final int OF_ONE_ORGANIZATION = 1_000;

    private final Sights sights;
    private final JsonMapper json;
    private final OtherNodes others;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-sessions").daemon().factory());

    Clients(Sights sights, JsonMapper json, OtherNodes others) {
        this.sights = sights;
        this.json = json;
        this.others = others;
        others.receive(event -> offer(List.of(event)));
        clock.scheduleWithFixedDelay(this::closeEndedSessions, 1, 1, TimeUnit.MINUTES);
        clock.scheduleWithFixedDelay(this::tellOthers, 10, 10, TimeUnit.SECONDS);
    }

    /** Whether one more of theirs can be served without taking the connections of others. */
    boolean haveRoomFor(Caller caller) {
        long ofOrganization = 0;
        long ofCaller = 0;
        for (var client : clients.values()) {
            if (client.watcher().organization().equals(caller.organization())) {
                ofOrganization++;
                ofCaller += client.watcher().isOf(caller) ? 1 : 0;
            }
        }
        return ofOrganization < OF_ONE_ORGANIZATION && ofCaller < OF_ONE_CALLER;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        if (session.getAttributes().get(WATCHER) instanceof Watcher watcher) {
            session.setTextMessageSizeLimit(4_096);
            var client = new Client(session, watcher, sights);
            clients.put(session.getId(), client);
            client.start();
            tellOthers();
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        var client = clients.remove(session.getId());
        if (client != null) {
            client.close(status);
            tellOthers();
        }
    }

    private void tellOthers() {
        others.tell(clients.values().stream()
                .map(client -> client.watcher().organization())
                .collect(Collectors.toUnmodifiableSet()));
    }

    @EventListener
    void on(RunMoved moved) {
        if (!isWatched(moved.organization())) {
            return;
        }
        var messages = new ArrayList<EventMessage>();
        var run = moved.run().toString();
        var workflow = moved.workflow().toString();
        messages.add(new EventMessage(
                "run", run, workflow, null, null, moved.status().text(), null, moved.at()));
        for (var task : moved.tasks()) {
            messages.add(new EventMessage(
                    "task",
                    run,
                    workflow,
                    task.task().toString(),
                    task.elementId(),
                    task.status().text(),
                    null,
                    moved.at()));
        }
        send(moved.organization(), messages);
    }

    @EventListener
    void on(WebhookHeard heard) {
        var message = new EventMessage(
                "listen", heard.run().toString(), heard.workflow().toString(), null, null, null, null, heard.at());
        send(heard.organization(), List.of(message));
    }

    private boolean isWatched(OrganizationId organization) {
        return others.watch(organization)
                || clients.values().stream()
                        .anyMatch(client -> client.watcher().organization().equals(organization));
    }

    @EventListener
    void on(ListeningEnded ended) {
        var reason = ended.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        var message = new EventMessage(
                "listen-ended", null, ended.workflow().toString(), null, null, reason, ended.by(), ended.at());
        send(ended.organization(), List.of(message));
    }

    private void send(OrganizationId organization, List<EventMessage> messages) {
        var events = messages.stream()
                .map(message -> new Event(
                        organization,
                        UUID.fromString(message.workflowId()),
                        message.type().equals("listen") || message.runId() == null
                                ? null
                                : UUID.fromString(message.runId()),
                        json.writeValueAsString(message)))
                .toList();
        offer(events);
        if (others.watch(organization)) {
            others.pass(events);
        }
    }

    private void offer(List<Event> events) {
        for (var client : clients.values()) {
            events.stream()
                    .filter(event ->
                            event.organization().equals(client.watcher().organization()))
                    .forEach(client::offer);
        }
    }

    /** Whoever is not let in any more hears nothing after a second; changes that come together are looked at once. */
    @EventListener
    void on(CallersChanged changed) {
        if (!clients.isEmpty() && !clock.isShutdown() && looking.compareAndSet(false, true)) {
            clock.schedule(this::lookAgain, 500, TimeUnit.MILLISECONDS);
        }
    }

    private void lookAgain() {
        looking.set(false); // first: a change from now on is looked at anew
        closeEndedSessions();
    }

    private void closeEndedSessions() {
        for (var client : clients.values()) {
            try {
                if (sights.caller(client.watcher()).isEmpty()) {
                    client.close(Client.SESSION_ENDED);
                }
            } catch (RuntimeException e) {
                // the database is away: nobody can say, and nothing is told meanwhile; a later look will
            }
        }
    }

    /** Before the server waits for open requests to end: these never would by themselves. */
    @EventListener(ContextClosedEvent.class)
    void onClose() {
        clock.shutdownNow();
        clients.values().forEach(client -> client.close(CloseStatus.GOING_AWAY));
    }
}
