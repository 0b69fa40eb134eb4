package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.PluginSettings;
import dev.cadre.platform.shared.Clockwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps this node's plugins as the database says: the same on every node. All but {@link #watch} is called by one thread
 * at a time.
 */
@Component
public class PluginSync {

    private static final Logger LOG = LoggerFactory.getLogger(PluginSync.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final PluginSettings settings;
    private final BundledJars bundledJars;
    private final PluginStates states;
    private final StoredJars jars;
    private final PluginShelf shelf;
    private long generation;
    private final Clockwork clock = new Clockwork("plugins");

    PluginSync(
            PluginSettings settings, BundledJars bundledJars, PluginStates states, StoredJars jars, PluginShelf shelf) {
        this.settings = settings;
        this.bundledJars = bundledJars;
        this.states = states;
        this.jars = jars;
        this.shelf = shelf;
    }

    /** Finds and loads everything: what the hub carries, what lies in the operator's folder, what the database has. */
    public void discover() {
        generation = jars.generation();
        var disabled = states.disabled();
        var stored = jars.all();
        bundledJars.unpack().forEach(path -> discover(path, true));
        for (var path : inFolder()) {
            discoverUnlessKnown(path, stored);
        }
        addStored(stored);
        // those of the hub first: an uploaded one can't take the place of their step types
        shelf.entries().stream()
                .filter(entry -> entry.error() == null && !disabled.contains(entry.id()))
                .sorted(Comparator.comparing(entry -> !entry.bundled()))
                .forEach(shelf::mountQuietly);
        shareNew(stored);
        jars.keepOnly(shelf.entries().stream().map(PluginEntry::path).collect(Collectors.toSet()));
    }

    private List<Path> inFolder() {
        try {
            return BundledJars.jars(settings.installed());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The plugins can't be read from " + settings.installed(), unreadable);
        }
    }

    private void discover(Path path, boolean bundled) {
        try {
            shelf.add(JarInspection.inspect(path), bundled);
        } catch (PluginException broken) {
            shelf.addFailed(path, bundled, null, String.valueOf(broken.getMessage()));
        }
    }

    /** A file in the operator's folder counts unless the database has had it, or a newer one, before. */
    private void discoverUnlessKnown(Path path, Map<String, StoredJar> stored) {
        PluginJar jar;
        try {
            jar = JarInspection.inspect(path);
        } catch (PluginException broken) {
            shelf.addFailed(path, false, null, String.valueOf(broken.getMessage()));
            return;
        }
        var known = stored.get(jar.id());
        if (known == null || isNews(jar, known)) {
            shelf.add(jar, false);
        } else if (known.deleted()) {
            LOG.warn("The plugin {} was deleted by an administrator: {} is not loaded", jar.id(), path);
        }
    }

    private static boolean isNews(PluginJar jar, StoredJar known) {
        int order = new DefaultVersionManager().compareVersions(jar.version(), known.version());
        return order > 0 || order == 0 && !StoredJars.sha256(jar.path()).equals(known.sha256());
    }

    /** What was found in the operator's folder and works is for all nodes. */
    private void shareNew(Map<String, StoredJar> stored) {
        for (var entry : shelf.entries()) {
            var jar = entry.jar();
            if (jar == null || !entry.isPlugin() || entry.bundled() || entry.error() != null) {
                continue;
            }
            var known = stored.get(entry.id());
            if (known == null || !known.sha256().equals(entry.sha256())) {
                jars.replace(jar, entry.sha256());
                LOG.info("The plugin {} {} is installed on every node", entry.id(), jar.version());
            }
        }
    }

    /** Does here what was done on another node, if anything was. */
    public void catchUp() {
        long current = jars.generation();
        if (current == generation) {
            return;
        }
        var disabled = states.disabled();
        var stored = jars.all();
        for (var entry : shelf.entries()) {
            if (!entry.bundled() && isReplaced(entry, stored.get(entry.id()))) {
                LOG.info("The plugin {} was deleted or replaced on another node", entry.id());
                shelf.remove(entry);
                if (entry.path().startsWith(jars.folder())) {
                    forgetFile(entry);
                }
            }
        }
        addStored(stored);
        for (var entry : shelf.entries()) {
            if (disabled.contains(entry.id())) {
                shelf.unmount(entry);
            } else if (entry.isPlugin() && entry.error() == null) {
                shelf.mountQuietly(entry);
            }
        }
        generation = current;
    }

    private static boolean isReplaced(PluginEntry entry, @Nullable StoredJar stored) {
        return stored != null && (stored.deleted() || !stored.sha256().equals(entry.sha256()));
    }

    private void addStored(Map<String, StoredJar> stored) {
        for (var one : stored.values()) {
            if (!one.deleted() && shelf.find(one.id()).isEmpty()) {
                try {
                    shelf.add(JarInspection.inspect(jars.fetch(one)), false);
                } catch (PluginException broken) {
                    var name = StoredJars.fileName(one.id(), one.version(), one.sha256());
                    shelf.addFailed(one.id(), Path.of(name), false, null, String.valueOf(broken.getMessage()));
                }
            }
        }
    }

    /** The file of a plugin that is no more. One in the operator's folder may be beyond this hub's rights. */
    public void forgetFile(PluginEntry entry) {
        try {
            Files.deleteIfExists(entry.path());
        } catch (IOException unwritable) {
            LOG.info("The jar {} can't be deleted; it is not loaded any more", entry.path());
        }
    }

    /** Calls again and again; each time at most one number is read. */
    public void watch(Runnable look) {
        clock.start(LOOK, () -> {
            try {
                look.run();
            } catch (RuntimeException e) {
                LOG.warn("Changes of plugins can't be looked for now: {}", e.getMessage());
            }
        });
    }

    public void stopWatching() {
        clock.stop(Duration.ZERO);
    }
}
