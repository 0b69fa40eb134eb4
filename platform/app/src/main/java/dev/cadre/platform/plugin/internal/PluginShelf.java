package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.InstalledPlugin;
import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The plugins of this node, by id. Used by one thread at a time. */
@Component
public class PluginShelf {

    private static final Logger LOG = LoggerFactory.getLogger(PluginShelf.class);

    private final Map<String, PluginEntry> entries = new TreeMap<>();
    private final Mounting mounting;
    private final StepTypes stepTypes;

    PluginShelf(Mounting mounting, StepTypes stepTypes) {
        this.mounting = mounting;
        this.stepTypes = stepTypes;
    }

    public Collection<PluginEntry> entries() {
        return List.copyOf(entries.values());
    }

    public Optional<PluginEntry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Takes a jar that was inspected. One whose id is taken is kept under its file's name, as failed. */
    public PluginEntry add(PluginJar jar, boolean bundled) {
        var other = entries.get(jar.id());
        if (other != null) {
            return addFailed(
                    jar.path(),
                    bundled,
                    jar,
                    "There is already a plugin " + jar.id() + " ("
                            + other.path().getFileName() + ").");
        }
        var entry = new PluginEntry(jar.id(), jar.path(), bundled, jar, null);
        entries.put(entry.id(), entry);
        return entry;
    }

    /** Takes a file that does not work, so that administrators see it. */
    public PluginEntry addFailed(Path path, boolean bundled, @Nullable PluginJar jar, String error) {
        var id = path.getFileName().toString();
        while (entries.containsKey(id)) {
            id = id + "~";
        }
        return addFailed(id, path, bundled, jar, error);
    }

    /** The same for one whose id is known. */
    public PluginEntry addFailed(String id, Path path, boolean bundled, @Nullable PluginJar jar, String error) {
        LOG.warn("The plugin jar {} does not work: {}", path, error);
        var entry = new PluginEntry(id, path, bundled, jar, error);
        entries.put(id, entry);
        return entry;
    }

    /** Loads it and offers its step types; where that fails, says so and keeps the reason. */
    public void mount(PluginEntry entry) {
        var jar = entry.jar();
        if (jar == null || entry.loaded != null) {
            return;
        }
        try {
            entry.loaded = mounting.mount(jar);
            entry.error = null;
        } catch (PluginException broken) {
            entry.error = broken.getMessage();
            throw broken;
        }
    }

    public void mountQuietly(PluginEntry entry) {
        try {
            mount(entry);
        } catch (PluginException broken) {
            LOG.warn("The plugin {} does not work: {}", entry.id(), broken.getMessage());
        }
    }

    public void unmount(PluginEntry entry) {
        var loaded = entry.loaded;
        if (loaded != null) {
            entry.loaded = null;
            mounting.unmount(loaded);
        }
        if (entry.isPlugin()) {
            entry.error = null;
        }
    }

    public void remove(PluginEntry entry) {
        unmount(entry);
        entries.remove(entry.id(), entry);
    }

    public void clear() {
        entries().forEach(this::remove);
    }

    public InstalledPlugin shown(PluginEntry entry) {
        var types = stepTypes.all().stream()
                .filter(type -> entry.loaded != null && type.plugin().id().equals(entry.id()))
                .map(StepType::id)
                .sorted()
                .toList();
        return entry.shown(types);
    }
}
