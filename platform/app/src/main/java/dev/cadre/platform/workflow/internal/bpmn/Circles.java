package dev.cadre.platform.workflow.internal.bpmn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds the groups of elements that lead back to themselves: Tarjan's algorithm, without recursion. */
final class Circles {

    private record Frame(String id, Iterator<String> rest) {}

    private final Map<String, Set<String>> next;
    private final Predicate<String> counts;
    private final Map<String, Integer> index = new HashMap<>();
    private final Map<String, Integer> low = new HashMap<>();
    private final ArrayDeque<String> open = new ArrayDeque<>();
    private final Set<String> isOpen = new HashSet<>();
    private final List<Set<String>> found = new ArrayList<>();

    Circles(Map<String, Set<String>> next, Set<String> all, Predicate<String> counts) {
        this.next = next;
        this.counts = counts;
        for (var id : new TreeSet<>(all)) {
            if (counts.test(id) && !index.containsKey(id)) {
                visit(id);
            }
        }
    }

    List<Set<String>> list() {
        return found;
    }

    private void visit(String start) {
        var stack = new ArrayDeque<Frame>();
        stack.push(enter(start));
        while (!stack.isEmpty()) {
            var frame = stack.peek();
            if (frame.rest().hasNext()) {
                var to = frame.rest().next();
                if (!counts.test(to)) {
                    continue;
                }
                if (!index.containsKey(to)) {
                    stack.push(enter(to));
                } else if (isOpen.contains(to)) {
                    low.merge(frame.id(), index.getOrDefault(to, 0), Math::min);
                }
            } else {
                stack.pop();
                leave(frame.id());
                var parent = stack.peek();
                if (parent != null) {
                    low.merge(parent.id(), low.getOrDefault(frame.id(), 0), Math::min);
                }
            }
        }
    }

    private Frame enter(String id) {
        index.put(id, index.size());
        low.put(id, index.getOrDefault(id, 0));
        open.push(id);
        isOpen.add(id);
        return new Frame(id, next.getOrDefault(id, Set.of()).iterator());
    }

    private void leave(String id) {
        if (!index.getOrDefault(id, 0).equals(low.get(id))) {
            return;
        }
        var circle = new LinkedHashSet<String>();
        String member;
        do {
            member = open.pop();
            isOpen.remove(member);
            circle.add(member);
        } while (!member.equals(id));
        if (circle.size() > 1 || next.getOrDefault(id, Set.of()).contains(id)) {
            found.add(circle);
        }
    }
}
