package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.run.StepError;
import org.jspecify.annotations.Nullable;

/** A token could not go on at an element and nothing catches it: the run fails there and can be retried from there. */
public final class AdvanceFailed extends RuntimeException {

    private final String elementId;
    private final StepError error;

    public AdvanceFailed(String elementId, StepError error, @Nullable Throwable cause) {
        super(elementId + ": " + error.code() + ": " + error.message(), cause);
        this.elementId = elementId;
        this.error = error;
    }

    public String elementId() {
        return elementId;
    }

    public StepError error() {
        return error;
    }
}
