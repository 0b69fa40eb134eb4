package dev.cadre.platform.audit.web;

import dev.cadre.platform.audit.internal.AuditRows.Event;
import dev.cadre.platform.audit.web.AuditEvent.AuditActor;
import dev.cadre.platform.audit.web.AuditEvent.AuditSubject;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.shared.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds the names that people have now: the log itself holds none, so that they can be forgotten. */
@Component
class EventViews {

    private static final String USER = "user";

    private final Users users;

    EventViews(Users users) {
        this.users = users;
    }

    List<AuditEvent> of(List<Event> events) {
        var ids = new HashSet<UserId>();
        for (var event : events) {
            actor(event).ifPresent(ids::add);
            subject(event).ifPresent(ids::add);
        }
        var people = users.find(ids);
        return events.stream().map(event -> of(event, people)).toList();
    }

    private static AuditEvent of(Event event, Map<UserId, User> people) {
        var actor = actor(event).map(people::get).orElse(null);
        var subject = subject(event).map(people::get).orElse(null);
        return new AuditEvent(
                event.id(),
                event.at(),
                new AuditActor(
                        event.actorKind(),
                        event.actorId(),
                        actor == null ? event.origin("name") : actor.name(),
                        actor == null ? null : actor.email(),
                        event.origin("address"),
                        event.origin("userAgent")),
                event.action(),
                new AuditSubject(
                        event.subjectType(), event.subjectId(), subject == null ? event.subjectName() : subject.name()),
                event.state("before"),
                event.state("after"),
                event.position(),
                event.hash());
    }

    private static Optional<UserId> actor(Event event) {
        return event.actorKind().equals(USER)
                ? Optional.ofNullable(event.actorId()).map(UserId::new)
                : Optional.empty();
    }

    private static Optional<UserId> subject(Event event) {
        return event.subjectType().equals(USER) ? id(event.subjectId()) : Optional.empty();
    }

    private static Optional<UserId> id(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString).map(UserId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
