package dev.cadre.platform.run;

import dev.cadre.platform.shared.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one run when it goes on with another version of its workflow.
 *
 * @param fromVersion the version that it runs now, null for a draft
 * @param elements where the run stands, and where it would stand
 * @param problems why it can't be moved: something that it does or waits for would be lost; empty when it can
 * @param warnings what of the new version comes too late for this run
 * @param migrated whether the run was moved
 */
public record Migration(
        RunId runId,
        @Nullable Integer fromVersion,
        RunStatus status,
        List<Mapped> elements,
        List<String> problems,
        List<String> warnings,
        boolean migrated) {

    /** An element where a token stands; {@code targetName} is null where the new version has no such element. */
    public record Mapped(
            String elementId,
            String name,
            @Nullable String targetName,
            @Nullable String problem) {}

    /** The same, moved. */
    public Migration done() {
        return new Migration(runId, fromVersion, status, elements, problems, warnings, true);
    }
}
