package dev.cadre.platform.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one run. */
public record RunId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {}

    /** A new id, ordered by time. */
    public static RunId create() {
        return new RunId(Ids.create());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
