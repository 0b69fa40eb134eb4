package dev.cadre.platform.workflow;

import org.jspecify.annotations.Nullable;

/**
 * Something the validator found in a workflow file.
 *
 * @param elementId the element it is about, null for the whole file
 * @param code kebab-case, stable
 * @param message what is wrong and what to do
 */
public record Problem(@Nullable String elementId, Severity severity, String code, String message) {

    /** An error keeps a workflow from being published. */
    public enum Severity {
        ERROR,
        WARNING
    }
}
