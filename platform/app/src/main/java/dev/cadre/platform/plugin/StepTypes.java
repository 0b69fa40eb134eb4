package dev.cadre.platform.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Every step type that is installed and enabled at this moment. */
@Component
public class StepTypes {

    private final Map<String, StepType> types = new ConcurrentHashMap<>();

    public Optional<StepType> find(String id) {
        return Optional.ofNullable(types.get(id));
    }

    /** Sorted by category and title. */
    public List<StepType> all() {
        return types.values().stream()
                .sorted(Comparator.comparing(StepType::category).thenComparing(StepType::title))
                .toList();
    }
}
