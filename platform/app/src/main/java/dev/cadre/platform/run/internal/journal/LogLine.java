package dev.cadre.platform.run.internal.journal;

import java.time.Instant;

/** One line of a task's log. */
public record LogLine(Instant at, String level, String message) {

    public LogLine {
        // PostgreSQL keeps no text with a NUL.
        message = message.replace('\0', ' ');
    }
}
