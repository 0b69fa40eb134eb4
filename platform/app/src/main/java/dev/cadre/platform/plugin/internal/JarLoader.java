package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.AtWork;
import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.StepType.PluginRef;
import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.agent.Agent;
import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.tool.Tool;
import dev.cadre.spi.trigger.Trigger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginManager;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;
import org.springframework.stereotype.Component;

/** Gives a plugin jar its class loader and makes its extensions; takes them away again. */
@Component
public class JarLoader {

    private static final List<Class<?>> POINTS = List.of(Tool.class, Agent.class, Trigger.class, Connector.class);

    private final Manager manager = new Manager();

    /** Throws {@link PluginException} when an extension can't be made; nothing of the plugin stays then. */
    public LoadedPlugin load(PluginJar jar) {
        try {
            manager.loadPlugin(jar.path());
        } catch (PluginRuntimeException | LinkageError refused) {
            throw PluginException.broken("The jar can't be loaded: " + refused.getMessage(), refused);
        }
        var loader = manager.getPluginClassLoader(jar.id());
        try {
            var extensions = new ArrayList<Object>();
            for (var name : jar.extensions()) {
                extensions.add(create(name, loader));
            }
            return new LoadedPlugin(
                    new PluginRef(jar.id(), jar.version()), loader, extensions, new RecordBindings(), new AtWork());
        } catch (PluginException broken) {
            manager.unloadPlugin(jar.id());
            throw broken;
        }
    }

    public void unload(LoadedPlugin plugin) {
        plugin.bindings().close();
        manager.unloadPlugin(plugin.ref().id());
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private static Object create(String name, ClassLoader loader) {
        try {
            var type = Class.forName(name, true, loader);
            if (POINTS.stream().noneMatch(point -> point.isAssignableFrom(type))) {
                throw PluginException.invalid(name + " is none of Tool, Agent, Trigger and Connector.");
            }
            if (type.getClassLoader() != loader || !Modifier.isPublic(type.getModifiers())) {
                throw PluginException.invalid(name + " must be a public class of the jar.");
            }
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException thrown) {
            throw PluginException.broken(
                    "The constructor of " + name + " failed: " + summary(thrown.getCause()), thrown);
        } catch (ReflectiveOperationException | LinkageError | StackOverflowError unusable) {
            throw PluginException.broken(name + " can't be created: " + summary(unusable), unusable);
        }
    }

    static String summary(@org.jspecify.annotations.Nullable Throwable failure) {
        if (failure == null) {
            return "for no known reason.";
        }
        if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
            return summary(failure.getCause());
        }
        var message = String.valueOf(failure.getMessage());
        return failure.getClass().getSimpleName() + ": "
                + (message.length() <= 300 ? message : message.substring(0, 300) + "…");
    }

    /** pf4j, reduced to class loaders: the hub itself knows which jars there are and what was read from them. */
    private static final class Manager extends DefaultPluginManager {

        Manager() {
            super(List.of(Path.of("").toAbsolutePath()));
        }

        @Override
        protected PluginLoader createPluginLoader() {
            return new PluginLoader() {
                @Override
                public boolean isApplicable(Path path) {
                    return true;
                }

                @Override
                public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
                    var loader = new SpiOnlyClassLoader(Manager.this, descriptor, JarLoader.class.getClassLoader());
                    loader.addFile(path.toFile());
                    return loader;
                }
            };
        }

        @Override
        protected PluginDescriptorFinder createPluginDescriptorFinder() {
            return new PluginDescriptorFinder() {
                @Override
                public boolean isApplicable(Path path) {
                    return true;
                }

                @Override
                public PluginDescriptor find(Path path) {
                    var jar = JarInspection.inspect(path);
                    return new DefaultPluginDescriptor(
                            jar.id(),
                            jar.description(),
                            Plugin.class.getName(),
                            jar.version(),
                            "*",
                            jar.provider(),
                            jar.license());
                }
            };
        }
    }
}
