package dev.cadre.platform.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one project of an organization. */
public record ProjectId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProjectId {}

    /** A new id, ordered by time. */
    public static ProjectId create() {
        return new ProjectId(Ids.create());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
