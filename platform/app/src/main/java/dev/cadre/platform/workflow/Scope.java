package dev.cadre.platform.workflow;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The elements of a process or of a sub-process, without those of nested sub-processes.
 *
 * @param handlers its event sub-processes
 * @param compensations what undoes its activities
 */
public record Scope(List<Node> nodes, List<Flow> flows, List<Handler> handlers, List<Compensation> compensations) {

    public static final Scope EMPTY = new Scope(List.of(), List.of(), List.of(), List.of());

    /** An event sub-process: {@code body} runs when {@code start} happens while the scope is active. */
    public record Handler(Node.Boundary start, Node.Group body) {}

    /** What undoes {@code activity} after it has succeeded. */
    public record Compensation(String activity, Node.Step handler) {}

    /** Its sub-processes, event sub-processes included. */
    public Stream<Node.Group> groups() {
        return Stream.concat(
                nodes.stream().filter(Node.Group.class::isInstance).map(Node.Group.class::cast),
                handlers.stream().map(Handler::body));
    }

    /** Everything here that has an id and is no flow, without what is inside of sub-processes. */
    public Stream<Node> elements() {
        return Stream.of(
                        nodes.stream(),
                        handlers.stream().flatMap(handler -> Stream.of(handler.start(), handler.body())),
                        compensations.stream().map(Compensation::handler))
                .flatMap(stream -> stream);
    }

    /** Finds an element here or in a nested sub-process. */
    public Optional<Node> find(String elementId) {
        return elements()
                .filter(node -> node.id().equals(elementId))
                .findFirst()
                .or(() -> groups().flatMap(group -> group.body().find(elementId).stream())
                        .findFirst());
    }
}
