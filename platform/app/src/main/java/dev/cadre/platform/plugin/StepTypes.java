package dev.cadre.platform.plugin;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Every step type that is installed and enabled at this moment. */
@Component
public class StepTypes {

    private volatile Map<String, StepType> types = Map.of();

    public Optional<StepType> find(String id) {
        return Optional.ofNullable(types.get(id));
    }

    /** Sorted by category and title. */
    public List<StepType> all() {
        return types.values().stream()
                .sorted(Comparator.comparing(StepType::category).thenComparing(StepType::title))
                .toList();
    }

    /** Adds all of them, or none when an id is taken. */
    public synchronized void add(List<StepType> added) {
        var next = new HashMap<>(types);
        var ids = new HashSet<String>();
        for (var type : added) {
            var other = next.put(type.id(), type);
            if (!ids.add(type.id())) {
                throw PluginException.invalid("The plugin declares the step type " + type.id() + " twice.");
            }
            if (other != null) {
                throw PluginException.invalid("The step type " + type.id() + " is already brought by the plugin "
                        + other.plugin().id() + ".");
            }
        }
        types = Map.copyOf(next);
    }

    /** Removes all that a plugin brought. */
    public synchronized void removeAll(String pluginId) {
        var next = new HashMap<>(types);
        next.values().removeIf(type -> type.plugin().id().equals(pluginId));
        types = Map.copyOf(next);
    }
}
