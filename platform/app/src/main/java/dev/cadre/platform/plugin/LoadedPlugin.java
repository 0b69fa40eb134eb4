package dev.cadre.platform.plugin;

import dev.cadre.platform.plugin.StepType.PluginRef;
import dev.cadre.schema.RecordBindings;
import java.util.List;

/**
 * A plugin between loading and unloading.
 *
 * @param extensions one instance of each class that the plugin declares with {@code @Extension}
 * @param bindings of its records; closed after unloading
 * @param atWork what its steps do just now; every call of its code is counted there
 */
public record LoadedPlugin(
        PluginRef ref, ClassLoader classLoader, List<Object> extensions, RecordBindings bindings, AtWork atWork) {

    public LoadedPlugin {
        extensions = List.copyOf(extensions);
    }

    /** Those of its extensions that implement an extension point. */
    public <T> List<T> extensions(Class<T> point) {
        return extensions.stream().filter(point::isInstance).map(point::cast).toList();
    }
}
