package dev.cadre.platform.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one workflow. */
public record WorkflowId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WorkflowId {}

    /** A new id, ordered by time. */
    public static WorkflowId create() {
        return new WorkflowId(Ids.create());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
