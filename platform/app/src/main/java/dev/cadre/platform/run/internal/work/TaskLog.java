package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.internal.journal.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The log of one attempt, bounded: a step that floods it loses lines, nobody else does. */
final class TaskLog {

    private static final int MAX_LINES = 500;
    private static final int MAX_LINE = 2_000;

    private final List<LogLine> lines = new ArrayList<>(4);
    private int dropped;

    void info(String message) {
        add("info", message);
    }

    void warn(String message) {
        add("warn", message);
    }

    private synchronized void add(String level, String message) {
        if (lines.size() >= MAX_LINES) {
            dropped++;
            return;
        }
        var text = message.length() <= MAX_LINE ? message : message.substring(0, MAX_LINE) + "…";
        lines.add(new LogLine(Instant.now(), level, text.replace('\0', ' ')));
    }

    /** The lines since the last call. */
    synchronized List<LogLine> take() {
        if (dropped > 0) {
            lines.add(new LogLine(
                    Instant.now(), "warn", dropped + " further lines were dropped: a task logs at most " + MAX_LINES));
            dropped = 0;
        }
        var taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
