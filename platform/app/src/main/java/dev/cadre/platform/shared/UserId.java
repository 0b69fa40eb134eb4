package dev.cadre.platform.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one user. */
public record UserId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {}

    /** A new id, ordered by time. */
    public static UserId create() {
        return new UserId(Ids.create());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
