package dev.cadre.platform.plugin;

import java.util.List;

/**
 * Makes step types out of what a plugin brings. Each room that knows a kind of extension has one as a bean; it must not
 * depend on {@link Plugins}.
 */
public interface StepTypeSource {

    /**
     * The plugin was loaded. What it throws keeps the plugin from being enabled and is shown as its error; {@link
     * #unloaded} is called then too.
     */
    List<StepType> loaded(LoadedPlugin plugin) throws Exception;

    /** The plugin goes: forget everything that leads to its classes. Called after its step types were removed. */
    void unloaded(LoadedPlugin plugin);
}
