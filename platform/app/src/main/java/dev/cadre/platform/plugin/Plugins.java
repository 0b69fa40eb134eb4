package dev.cadre.platform.plugin;

import dev.cadre.platform.plugin.InstalledPlugin.State;
import dev.cadre.platform.plugin.internal.BuiltInStepTypes;
import dev.cadre.platform.plugin.internal.BundledJars;
import dev.cadre.platform.plugin.internal.JarInspection;
import dev.cadre.platform.plugin.internal.Mounting;
import dev.cadre.platform.plugin.internal.PluginJar;
import dev.cadre.platform.plugin.internal.PluginStates;
import dev.cadre.platform.plugin.internal.Quarantine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** The plugins of this installation: what there is, and installing, enabling, disabling and deleting at run time. */
@Service
public class Plugins implements SmartLifecycle {

    /** When plugins are loaded at start: whoever needs step types starts in a later phase, and stops earlier. */
    public static final int PHASE = -1000;

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final Map<String, Entry> entries = new TreeMap<>();
    private final PluginSettings settings;
    private final BundledJars bundledJars;
    private final PluginStates states;
    private final Quarantine quarantine;
    private final Mounting mounting;
    private final StepTypes stepTypes;
    private volatile boolean running;

    /** A jar that was found; {@code jar} is null when it can't even be read. */
    private static final class Entry {
        final String id;
        final Path path;
        final boolean bundled;
        final @Nullable PluginJar jar;

        @Nullable
        LoadedPlugin loaded;

        @Nullable
        String error;

        Entry(String id, Path path, boolean bundled, @Nullable PluginJar jar, @Nullable String error) {
            this.id = id;
            this.path = path;
            this.bundled = bundled;
            this.jar = jar;
            this.error = error;
        }
    }

    Plugins(
            PluginSettings settings,
            BundledJars bundledJars,
            PluginStates states,
            Quarantine quarantine,
            Mounting mounting,
            StepTypes stepTypes) {
        this.settings = settings;
        this.bundledJars = bundledJars;
        this.states = states;
        this.quarantine = quarantine;
        this.mounting = mounting;
        this.stepTypes = stepTypes;
    }

    @Override
    public synchronized void start() {
        stepTypes.add(BuiltInStepTypes.all());
        quarantine.empty();
        var disabled = states.disabled();
        bundledJars.unpack().forEach(path -> discover(path, true));
        installedJars().forEach(path -> discover(path, false));
        // those of the hub first: an uploaded one can't take the place of their step types
        entries.values().stream()
                .filter(entry -> entry.error == null && !disabled.contains(entry.id))
                .sorted(Comparator.comparing(entry -> !entry.bundled))
                .forEach(this::mountQuietly);
        running = true;
    }

    private List<Path> installedJars() {
        try {
            return BundledJars.jars(settings.installed());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The plugins can't be read from " + settings.installed(), unreadable);
        }
    }

    private void discover(Path path, boolean bundled) {
        var fileName = path.getFileName().toString();
        try {
            var jar = JarInspection.inspect(path);
            var other = entries.get(jar.id());
            if (other == null) {
                entries.put(jar.id(), new Entry(jar.id(), path, bundled, jar, null));
                return;
            }
            failed(
                    fileName,
                    path,
                    bundled,
                    jar,
                    "There is already a plugin " + jar.id() + " (" + other.path.getFileName() + ").");
        } catch (PluginException broken) {
            failed(fileName, path, bundled, null, broken.getMessage());
        }
    }

    private void failed(String fileName, Path path, boolean bundled, @Nullable PluginJar jar, @Nullable String error) {
        var id = fileName;
        while (entries.containsKey(id)) {
            id = id + "~";
        }
        LOG.warn("The plugin jar {} does not work: {}", path, error);
        entries.put(id, new Entry(id, path, bundled, jar, String.valueOf(error)));
    }

    private void mountQuietly(Entry entry) {
        try {
            mount(entry);
        } catch (PluginException broken) {
            LOG.warn("The plugin {} does not work: {}", entry.id, broken.getMessage());
        }
    }

    private void mount(Entry entry) {
        if (entry.jar == null || entry.loaded != null) {
            return;
        }
        try {
            entry.loaded = mounting.mount(entry.jar);
            entry.error = null;
        } catch (PluginException broken) {
            entry.error = broken.getMessage();
            throw broken;
        }
    }

    private void unmount(Entry entry) {
        var loaded = entry.loaded;
        if (loaded != null) {
            entry.loaded = null;
            mounting.unmount(loaded);
        }
    }

    /** All of them, by id. */
    public synchronized List<InstalledPlugin> all() {
        return entries.values().stream().map(this::shown).toList();
    }

    /** Checks an uploaded jar in quarantine, installs and enables it. Nothing stays of one that does not work. */
    public synchronized InstalledPlugin install(InputStream jar) {
        requireUpload();
        try (var received = quarantine.receive(jar)) {
            var inspected = JarInspection.inspect(received.path());
            var other = entries.get(inspected.id());
            if (other != null) {
                throw PluginException.exists(inspected.id(), other.jar == null ? "unknown" : other.jar.version());
            }
            var path = received.release(settings.installed(), inspected.id() + "-" + inspected.version() + ".jar");
            var entry = new Entry(inspected.id(), path, false, JarInspection.inspect(path), null);
            try {
                mount(entry);
                states.save(entry.id, true);
            } catch (RuntimeException broken) {
                unmount(entry);
                delete(path);
                throw broken;
            }
            entries.put(entry.id, entry);
            LOG.info("Installed the plugin {} {}", inspected.id(), inspected.version());
            return shown(entry);
        }
    }

    public synchronized InstalledPlugin enable(String id) {
        var entry = entry(id);
        if (entry.jar == null || !entry.jar.id().equals(entry.id)) {
            throw PluginException.invalid("The plugin can't be enabled: " + entry.error);
        }
        mount(entry);
        states.save(id, true);
        return shown(entry);
    }

    /** Its steps fail as retryable until it is enabled again. */
    public synchronized InstalledPlugin disable(String id) {
        var entry = entry(id);
        states.save(id, false);
        unmount(entry);
        if (entry.jar != null && entry.jar.id().equals(entry.id)) {
            entry.error = null;
        }
        return shown(entry);
    }

    public synchronized void delete(String id) {
        requireUpload();
        var entry = entry(id);
        if (entry.bundled) {
            throw PluginException.bundled(id);
        }
        unmount(entry);
        delete(entry.path);
        entries.remove(id);
        states.forget(id);
        LOG.info("Deleted the plugin {}", id);
    }

    private void requireUpload() {
        if (!settings.pluginUpload()) {
            throw PluginException.uploadOff();
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The plugin's jar can't be deleted: " + path, unwritable);
        }
    }

    private Entry entry(String id) {
        var entry = entries.get(id);
        if (entry == null) {
            throw PluginException.notFound(id);
        }
        return entry;
    }

    private InstalledPlugin shown(Entry entry) {
        var jar = entry.jar;
        var state = entry.error != null ? State.FAILED : entry.loaded != null ? State.ENABLED : State.DISABLED;
        var types = stepTypes.all().stream()
                .filter(type -> entry.loaded != null && type.plugin().id().equals(entry.id))
                .map(StepType::id)
                .sorted()
                .toList();
        return new InstalledPlugin(
                entry.id,
                jar == null ? "" : jar.version(),
                jar == null ? entry.path.getFileName().toString() : jar.title(),
                jar == null ? "" : jar.description(),
                jar == null ? "" : jar.provider(),
                jar == null ? "" : jar.license(),
                state,
                entry.error,
                types,
                entry.bundled);
    }

    @Override
    public synchronized void stop() {
        entries.values().forEach(this::unmount);
        entries.clear();
        stepTypes.removeAll("cadre");
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
