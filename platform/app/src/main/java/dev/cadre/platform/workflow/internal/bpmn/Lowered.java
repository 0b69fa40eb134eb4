package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.Flow;
import dev.cadre.platform.workflow.Node;
import java.util.Map;

/** Ids of what the compiler adds. They hold a character that no drawn id may have, so they never meet one. */
final class Lowered {

    private static final String MARK = Node.MARK;

    private Lowered() {}

    /** The plain end behind an end event that tells something. */
    static String end(String id) {
        return id + MARK + "end";
    }

    static String flow(String id) {
        return id + MARK + "flow";
    }

    /** The plain start inside an event sub-process: the drawn one is what the sub-process waits for. */
    static String start(String id) {
        return id + MARK + "start";
    }

    /** A flow of an event sub-process, which begins at the plain start where it was drawn from the other one. */
    static Flow fromStart(Flow flow, Map<String, Element> drawn) {
        var source = drawn.get(flow.source());
        return source != null && source.isBpmn("startEvent")
                ? new Flow(flow.id(), start(flow.source()), flow.target(), flow.condition())
                : flow;
    }

    /** The step of an agent that has tools of its own. */
    static String turn(String id) {
        return id + MARK + "turn";
    }

    /** The flow out of it. */
    static String done(String id) {
        return id + MARK + "done";
    }

    /** One call of a tool. */
    static String call(String id) {
        return id + MARK + "call";
    }

    /** The drawn element that an added one stands for. */
    static String drawn(String id) {
        return Node.drawn(id);
    }
}
