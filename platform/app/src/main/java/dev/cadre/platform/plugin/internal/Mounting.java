package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.platform.plugin.StepTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a plugin through loading to offered step types, and all the way back. */
@Component
public class Mounting {

    private static final Logger LOG = LoggerFactory.getLogger(Mounting.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JarLoader loader;
    private final List<StepTypeSource> sources;
    private final StepTypes stepTypes;

    Mounting(JarLoader loader, List<StepTypeSource> sources, StepTypes stepTypes) {
        this.loader = loader;
        this.sources = sources;
        this.stepTypes = stepTypes;
    }

    /** Throws {@link PluginException} when any part of it fails; nothing of the plugin stays then. */
    public LoadedPlugin mount(PluginJar jar) {
        var plugin = loader.load(jar);
        try {
            var types = new ArrayList<StepType>();
            for (var source : sources) {
                types.addAll(source.loaded(plugin));
            }
            stepTypes.add(types);
            return plugin;
        } catch (PluginException refused) {
            takeDown(plugin);
            throw refused;
        } catch (Exception | Error broken) {
            takeDown(plugin);
            // without the cause: its trace leads to classes of the plugin, which must be free to go
            throw PluginException.invalid("The plugin's definition failed: " + JarLoader.summary(broken));
        }
    }

    /** New calls are refused, those at work may end, then the classes go. */
    public void unmount(LoadedPlugin plugin) {
        stepTypes.removeAll(plugin.ref().id());
        takeDown(plugin);
    }

    private void takeDown(LoadedPlugin plugin) {
        try {
            if (!plugin.atWork().close(PATIENCE)) {
                LOG.warn(
                        "Steps of the plugin {} still work after {}.",
                        plugin.ref().id(),
                        PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (var source : sources) {
            try {
                source.unloaded(plugin);
            } catch (RuntimeException | LinkageError failure) {
                LOG.warn("Taking down the plugin {} failed", plugin.ref().id(), failure);
            }
        }
        loader.unload(plugin);
    }
}
