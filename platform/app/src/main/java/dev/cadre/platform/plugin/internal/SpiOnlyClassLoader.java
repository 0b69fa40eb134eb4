package dev.cadre.platform.plugin.internal;

import java.util.List;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/** A plugin sees the JDK, the SPI and its own jar, never the hub's classes nor the libraries that the hub happens to use. */
final class SpiOnlyClassLoader extends PluginClassLoader {

    private static final List<String> SHARED = List.of(
            "dev.cadre.spi.", "org.pf4j.", "org.apache.camel.", "jakarta.validation.", "org.jspecify.", "org.slf4j.");

    private final ClassLoader hub;

    SpiOnlyClassLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader hub) {
        super(manager, descriptor, ClassLoader.getPlatformClassLoader(), ClassLoadingStrategy.PDA);
        this.hub = hub;
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            try {
                return hub.loadClass(name);
            } catch (ClassNotFoundException notShared) {
                if (name.startsWith("dev.cadre.spi.")) {
                    throw notShared;
                }
                // a Camel component that the plugin brings itself
            }
        }
        return super.loadClass(name);
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
        return false;
    }
}
