package dev.cadre.platform.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one organization. */
public record OrganizationId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrganizationId {}

    /** A new id, ordered by time. */
    public static OrganizationId create() {
        return new OrganizationId(Ids.create());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
