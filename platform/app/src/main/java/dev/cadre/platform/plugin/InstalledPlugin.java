package dev.cadre.platform.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin jar as administrators see it.
 *
 * @param id of its descriptor; the name of the file where that can't be read
 * @param error why it does not work, null unless it has failed
 * @param stepTypes ids of what it brings while it is enabled
 */
public record InstalledPlugin(
        String id,
        String version,
        String title,
        String description,
        String provider,
        String license,
        State state,
        @Nullable String error,
        List<String> stepTypes,
        boolean bundled) {

    /** Whether its step types can be used. */
    public enum State {
        ENABLED,
        DISABLED,
        FAILED
    }
}
