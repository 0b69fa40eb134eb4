package dev.cadre.platform;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as the hub would read them from properties. */
public final class BoundSettings {

    private BoundSettings() {}

    /** Every property that is not given has its default. */
    public static <T> T of(Class<T> type, Map<String, String> properties) {
        var prefix = type.getAnnotation(ConfigurationProperties.class).value();
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
    }

    public static <T> T defaults(Class<T> type) {
        return of(type, Map.of());
    }
}
