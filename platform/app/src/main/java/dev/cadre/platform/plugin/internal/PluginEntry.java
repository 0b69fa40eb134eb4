package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.InstalledPlugin;
import dev.cadre.platform.plugin.InstalledPlugin.State;
import dev.cadre.platform.plugin.LoadedPlugin;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plugin jar that this node knows, loaded or not. {@link PluginShelf} keeps and changes it. */
public final class PluginEntry {

    private final String id;
    private final Path path;
    private final boolean bundled;
    private final @Nullable PluginJar jar;
    private final String sha256;

    @Nullable
    LoadedPlugin loaded;

    @Nullable
    String error;

    /** {@code jar} is null when the file can't even be read; {@code id} is then made of its name. */
    PluginEntry(String id, Path path, boolean bundled, @Nullable PluginJar jar, @Nullable String error) {
        this.id = id;
        this.path = path;
        this.bundled = bundled;
        this.jar = jar;
        this.error = error;
        this.sha256 = bundled || jar == null ? "" : StoredJars.sha256(path);
    }

    public String id() {
        return id;
    }

    public Path path() {
        return path;
    }

    public boolean bundled() {
        return bundled;
    }

    public @Nullable PluginJar jar() {
        return jar;
    }

    /** Of the file, empty for a bundled one. */
    public String sha256() {
        return sha256;
    }

    public @Nullable String error() {
        return error;
    }

    public boolean isLoaded() {
        return loaded != null;
    }

    /** Whether it is the plugin of its name, and not a file that stands in the way of one or can't be read. */
    public boolean isPlugin() {
        return jar != null && jar.id().equals(id);
    }

    InstalledPlugin shown(List<String> stepTypes) {
        var state = error != null ? State.FAILED : loaded != null ? State.ENABLED : State.DISABLED;
        return new InstalledPlugin(
                id,
                jar == null ? "" : jar.version(),
                jar == null ? path.getFileName().toString() : jar.title(),
                jar == null ? "" : jar.description(),
                jar == null ? "" : jar.provider(),
                jar == null ? "" : jar.license(),
                state,
                error,
                stepTypes,
                bundled);
    }
}
