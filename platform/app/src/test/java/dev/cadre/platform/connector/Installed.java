package dev.cadre.platform.connector;

import dev.cadre.platform.plugin.AtWork;
import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.platform.plugin.StepPerformer.ToolPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepType.PluginRef;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.connector.Connector;
import dev.cadre.testkit.FakeStepContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A connector that a test installs the way a plugin's is. */
final class Installed implements AutoCloseable {

    private final StepTypeSource source;
    private final LoadedPlugin plugin;
    private final List<StepType> types;

    Installed(StepTypeSource source, Connector connector) throws Exception {
        this(
                source,
                new LoadedPlugin(
                        new PluginRef("test-" + connector.definition().id(), "1.0.0"),
                        connector.getClass().getClassLoader(),
                        List.of(connector),
                        new RecordBindings(),
                        new AtWork()));
    }

    Installed(StepTypeSource source, LoadedPlugin plugin) throws Exception {
        this.source = source;
        this.plugin = plugin;
        this.types = source.loaded(plugin);
    }

    StepType type() {
        return types.getFirst();
    }

    Map<String, Object> perform(String organization, Map<String, Object> input, @Nullable String connection)
            throws Exception {
        var performer = (ToolPerformer) type().performer();
        return performer.perform(
                new OrganizationId(UUID.fromString(organization)),
                input,
                ChosenConnection.of(WorkflowId.create(), connection),
                new FakeStepContext());
    }

    @Override
    public void close() throws Exception {
        plugin.atWork().close(Duration.ofSeconds(5));
        source.unloaded(plugin);
        plugin.bindings().close();
    }
}
