package dev.cadre.platform.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one task. */
public record TaskId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TaskId {}

    /** A new id, ordered by time. */
    public static TaskId create() {
        return new TaskId(Ids.create());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
