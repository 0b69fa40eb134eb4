package dev.cadre.platform.plugin;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.plugin.internal.BuiltInStepTypes;
import dev.cadre.platform.plugin.internal.JarInspection;
import dev.cadre.platform.plugin.internal.PluginEntry;
import dev.cadre.platform.plugin.internal.PluginShelf;
import dev.cadre.platform.plugin.internal.PluginStates;
import dev.cadre.platform.plugin.internal.PluginSync;
import dev.cadre.platform.plugin.internal.Quarantine;
import dev.cadre.platform.plugin.internal.StoredJars;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The plugins of this installation: what there is, and installing, enabling, disabling and deleting at run time. What is
 * done here reaches every other node a moment later.
 */
@Service
public class Plugins implements SmartLifecycle {

    /** When plugins are loaded at start: whoever needs step types starts in a later phase, and stops earlier. */
    public static final int PHASE = -1000;

    /** What nodes tell each other when something has changed. */
    private static final String CHANGED = "plugins-changed";

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final PluginSettings settings;
    private final PluginStates states;
    private final StoredJars jars;
    private final Quarantine quarantine;
    private final PluginShelf shelf;
    private final PluginSync sync;
    private final StepTypes stepTypes;
    private final Messages messages;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private volatile boolean running;

    Plugins(
            PluginSettings settings,
            PluginStates states,
            StoredJars jars,
            Quarantine quarantine,
            PluginShelf shelf,
            PluginSync sync,
            StepTypes stepTypes,
            Messages messages,
            ApplicationEventPublisher events,
            TransactionOperations transactions) {
        this.events = events;
        this.transactions = transactions;
        this.settings = settings;
        this.states = states;
        this.jars = jars;
        this.quarantine = quarantine;
        this.shelf = shelf;
        this.sync = sync;
        this.stepTypes = stepTypes;
        this.messages = messages;
    }

    @Override
    public synchronized void start() {
        stepTypes.add(BuiltInStepTypes.all());
        quarantine.empty();
        sync.discover();
        running = true;
        messages.listen(CHANGED, _ -> Thread.ofVirtual().name("plugins").start(this::catchUp));
        sync.watch(this::catchUp);
    }

    /** Does here what was done on another node, if anything was. */
    private synchronized void catchUp() {
        if (running) {
            sync.catchUp();
        }
    }

    /** All of them, by id. */
    public synchronized List<InstalledPlugin> all() {
        catchUp();
        return shelf.entries().stream().map(shelf::shown).toList();
    }

    /** Checks an uploaded jar in quarantine, installs and enables it. Nothing stays of one that does not work. */
    public synchronized InstalledPlugin install(InputStream upload) {
        requireUpload();
        sync.catchUp();
        try (var received = quarantine.receive(upload)) {
            var inspected = JarInspection.inspect(received.path());
            shelf.find(inspected.id()).ifPresent(Plugins::refuseAnother);
            var sha256 = StoredJars.sha256(received.path());
            var path =
                    received.release(jars.folder(), StoredJars.fileName(inspected.id(), inspected.version(), sha256));
            var entry = shelf.add(JarInspection.inspect(path), false);
            try {
                shelf.mount(entry);
                transactions.executeWithoutResult(_ -> {
                    if (!jars.insert(JarInspection.inspect(path), sha256)) {
                        throw PluginException.exists(inspected.id(), "unknown");
                    }
                    states.save(entry.id(), true);
                    audit("plugin.installed", entry, Map.of("version", inspected.version(), "sha256", sha256));
                });
            } catch (RuntimeException broken) {
                shelf.remove(entry);
                sync.forgetFile(entry);
                throw broken;
            }
            messages.send(CHANGED, "");
            LOG.info("Installed the plugin {} {}", inspected.id(), inspected.version());
            return shelf.shown(entry);
        }
    }

    /** With what the database says of the plugin; each node loads it after that. Who may do this belongs to one organization. */
    private void audit(String action, PluginEntry entry, Map<String, ?> what) {
        events.publishEvent(Audited.of(
                Walls.organization().orElse(null),
                action,
                Subject.of("plugin", entry.id(), shelf.shown(entry).title()),
                what));
    }

    private static void refuseAnother(PluginEntry other) {
        var jar = other.jar();
        throw PluginException.exists(other.id(), jar == null ? "unknown" : jar.version());
    }

    public synchronized InstalledPlugin enable(String id) {
        sync.catchUp();
        var entry = entry(id);
        if (!entry.isPlugin()) {
            throw PluginException.invalid("The plugin can't be enabled: " + entry.error());
        }
        boolean before = !states.disabled().contains(id);
        shelf.mount(entry);
        try {
            transactions.executeWithoutResult(_ -> {
                states.save(id, true);
                audit("plugin.enabled", entry, Map.of());
            });
        } catch (RuntimeException notWritten) {
            if (!before) {
                shelf.unmount(entry);
            }
            throw notWritten;
        }
        messages.send(CHANGED, "");
        return shelf.shown(entry);
    }

    /** Its steps fail as retryable until it is enabled again. */
    public synchronized InstalledPlugin disable(String id) {
        sync.catchUp();
        var entry = entry(id);
        transactions.executeWithoutResult(_ -> {
            states.save(id, false);
            audit("plugin.disabled", entry, Map.of());
        });
        messages.send(CHANGED, "");
        shelf.unmount(entry);
        return shelf.shown(entry);
    }

    public synchronized void delete(String id) {
        requireUpload();
        sync.catchUp();
        var entry = entry(id);
        if (entry.bundled()) {
            throw PluginException.bundled(id);
        }
        transactions.executeWithoutResult(_ -> {
            jars.delete(id);
            states.forget(id);
            audit("plugin.deleted", entry, Map.of());
        });
        messages.send(CHANGED, "");
        shelf.remove(entry);
        sync.forgetFile(entry);
        LOG.info("Deleted the plugin {}", id);
    }

    private void requireUpload() {
        if (!settings.pluginUpload()) {
            throw PluginException.uploadOff();
        }
    }

    private PluginEntry entry(String id) {
        return shelf.find(id).orElseThrow(() -> PluginException.notFound(id));
    }

    @Override
    public void stop() {
        sync.stopWatching();
        synchronized (this) {
            shelf.clear();
            stepTypes.removeAll("cadre");
            running = false;
        }
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
