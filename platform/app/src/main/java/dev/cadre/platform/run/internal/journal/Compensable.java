package dev.cadre.platform.run.internal.journal;

import java.util.ArrayList;
import java.util.List;

/** The activities of a run that have succeeded and can be undone, in the order in which they ended. */
final class Compensable {

    /** One of them; {@code iteration} as of a task. */
    record Done(String activity, String iteration) {}

    private final Plan plan;
    private final List<Done> all = new ArrayList<>(0);

    Compensable(Plan plan) {
        this.plan = plan;
    }

    /** An activity has succeeded, or what undoes one has. */
    void done(String elementId, String iteration) {
        plan.compensated(elementId).ifPresent(activity -> undone(new Done(activity, iteration)));
        if (plan.compensation(elementId).isPresent()) {
            all.add(new Done(elementId, iteration));
        }
    }

    private void undone(Done done) {
        int last = all.lastIndexOf(done);
        if (last >= 0) {
            all.remove(last);
        }
    }

    /** What is to be undone within a scope and an iteration, the last one first. */
    List<Done> within(String scopeId, String iteration) {
        return all.reversed().stream()
                .filter(done -> plan.isWithin(done.activity(), scopeId))
                .filter(done -> iteration.isEmpty()
                        || done.iteration().equals(iteration)
                        || done.iteration().startsWith(iteration + "/"))
                .toList();
    }

    List<Done> of(String activity, String iteration) {
        return within("", iteration).stream()
                .filter(done -> done.activity().equals(activity))
                .toList();
    }
}
