package dev.cadre.platform.live.internal;

import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.KnownCallers;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.run.RunMoved;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.trigger.ListeningEnded;
import dev.cadre.platform.trigger.WebhookHeard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/** Knows the connected clients and hands each what changed in its organization. */
@Component
class Clients extends TextWebSocketHandler {

    static final String WATCHER = "cadre.watcher";

    private final KnownCallers callers;
    private final AccessRules rules;
    private final JsonMapper json;
    private final OtherNodes others;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-sessions").daemon().factory());

    Clients(KnownCallers callers, AccessRules rules, JsonMapper json, OtherNodes others) {
        this.rules = rules;
        this.callers = callers;
        this.json = json;
        this.others = others;
        others.receive((organization, event) -> offer(organization, List.of(event)));
        clock.scheduleWithFixedDelay(this::closeEndedSessions, 1, 1, TimeUnit.MINUTES);
        clock.scheduleWithFixedDelay(this::tellOthers, 10, 10, TimeUnit.SECONDS);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        if (session.getAttributes().get(WATCHER) instanceof Watcher watcher) {
            session.setTextMessageSizeLimit(4_096);
            var client = new Client(session, watcher);
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
        var events = messages.stream().map(json::writeValueAsString).toList();
        offer(organization, events);
        if (others.watch(organization)) {
            others.pass(organization, events);
        }
    }

    private void offer(OrganizationId organization, List<String> events) {
        for (var client : clients.values()) {
            if (client.watcher().organization().equals(organization)) {
                events.forEach(client::offer);
            }
        }
    }

    private void closeEndedSessions() {
        for (var client : clients.values()) {
            if (!isStillLetIn(client.watcher())) {
                client.close(Client.SESSION_ENDED);
            }
        }
    }

    private boolean isStillLetIn(Watcher watcher) {
        try {
            return callers.find(watcher.shown(), watcher.from())
                    .filter(caller -> caller.may(Permission.RUN_READ))
                    .filter(caller -> rules.admit(caller, watcher.from()))
                    .isPresent();
        } catch (IdentityException e) {
            return false; // the address is not among the key's any more
        }
    }

    /** Before the server waits for open requests to end: these never would by themselves. */
    @EventListener(ContextClosedEvent.class)
    void onClose() {
        clock.shutdownNow();
        clients.values().forEach(client -> client.close(CloseStatus.GOING_AWAY));
    }
}
