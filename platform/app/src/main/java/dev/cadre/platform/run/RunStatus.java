package dev.cadre.platform.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a run, or a task in it, stands. */
public enum RunStatus {
    QUEUED,
    RUNNING,
    WAITING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** As clients and the database see it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static RunStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
