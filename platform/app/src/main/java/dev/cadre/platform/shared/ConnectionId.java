package dev.cadre.platform.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one connection. */
public record ConnectionId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConnectionId {}

    /** A new id, ordered by time. */
    public static ConnectionId create() {
        return new ConnectionId(Ids.create());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
