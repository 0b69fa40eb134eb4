package dev.cadre.platform.plugin.internal;

import static dev.cadre.platform.plugin.PluginJarBuilder.plugin;
import static dev.cadre.platform.plugin.PluginJarBuilder.working;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.PluginJarBuilder;
import dev.cadre.platform.plugin.StepPerformer.ToolPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.spi.StepException;
import dev.cadre.testkit.FakeStepContext;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountingTest {

    @TempDir
    Path folder;

    final StepTypes stepTypes = new StepTypes();
    final Mounting mounting = new Mounting(new JarLoader(), List.of(new ExtensionStepTypes()), stepTypes);
    int files;

    private LoadedPlugin mount(PluginJarBuilder jar) {
        return mounting.mount(JarInspection.inspect(jar.writeTo(folder.resolve(files++ + ".jar"))));
    }

    private void refuses(PluginJarBuilder jar, String message) {
        var before = stepTypes.all();
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> mount(jar))
                .withMessageContaining(message);
        assertThat(stepTypes.all()).isEqualTo(before);
    }

    private Object run(String stepType, String text) throws Exception {
        var performer = (ToolPerformer) stepTypes.find(stepType).orElseThrow().performer();
        return performer
                .perform(OrganizationId.create(), Map.of("text", text), null, new FakeStepContext())
                .get("text");
    }

    @Test
    void aWorkingPluginWorksUntilItIsTakenDown() throws Exception {
        var plugin = mount(working("echo"));
        assertThat(run("echo", "hello")).isEqualTo("hello");

        mounting.unmount(plugin);

        assertThat(stepTypes.find("echo")).isEmpty();
    }

    @Test
    void aThrowingConstructorIsRefused() {
        refuses(plugin("p").tool("P", "p", "throw new IllegalStateException(\"no luck\");", ""), "no luck");
        refuses(plugin("p").tool("P", "p", "throw new StackOverflowError();", ""), "StackOverflowError");
        refuses(plugin("p").tool("P", "p", "Object[] a = {}; a[1] = 2;", ""), "ArrayIndexOutOfBounds");
    }

    @Test
    void aRefusedPluginCanComeBackRepaired() throws Exception {
        refuses(plugin("p").tool("P", "p", "throw new IllegalStateException();", ""), "IllegalState");

        mount(plugin("p").tool("P", "p", "", "return input;"));

        assertThat(run("p", "x")).isEqualTo("x");
    }

    @Test
    void aClassThatIsMissingOrNoExtensionIsRefused() {
        refuses(plugin("p").extension("example.Missing"), "example.Missing");
        refuses(plugin("p").extension("java.lang.String"), "none of Tool");
        refuses(plugin("p").source("example.P", "package example; public class P {}"), "none of Tool");
    }

    @Test
    void aDefinitionThatThrowsIsRefused() {
        refuses(plugin("p").source("example.P", """
                        package example;
                        public class P implements dev.cadre.spi.tool.Tool<P.R, P.R> {
                            record R() {}
                            public dev.cadre.spi.tool.ToolDefinition<R, R> definition() { throw new Error("ouch"); }
                            public R execute(R input, dev.cadre.spi.StepContext context) { return input; }
                        }
                        """), "");
        refuses(plugin("p").source("example.P", """
                        package example;
                        public class P implements dev.cadre.spi.tool.Tool<P.R, P.R> {
                            record R(Thread thread) {}
                            public dev.cadre.spi.tool.ToolDefinition<R, R> definition() {
                                return new dev.cadre.spi.tool.ToolDefinition<>(
                                    new dev.cadre.spi.StepInfo("p", "P", "P.", "Tools", "M0 0"), R.class, R.class,
                                    dev.cadre.spi.tool.ToolDefinition.Execution.INSTANT);
                            }
                            public R execute(R input, dev.cadre.spi.StepContext context) { return input; }
                        }
                        """), "R.thread");
    }

    @Test
    void aStepTypeThatIsTakenIsRefused() {
        mount(working("echo"));

        refuses(plugin("other").tool("P", "echo", "", "return input;"), "already brought by the plugin echo");
        refuses(
                plugin("other").tool("P", "twice", "", "return input;").tool("Q", "twice", "", "return input;"),
                "twice");
        refuses(plugin("other").tool("P", "Bad Id", "", "return input;"), "Bad Id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.cadre.platform.CadreApplication",
                "dev.cadre.schema.RecordBindings",
                "org.springframework.context.ApplicationContext",
                "tools.jackson.databind.ObjectMapper",
                "org.postgresql.Driver",
                "org.flowable.engine.ProcessEngine",
                "org.apache.hc.client5.http.classic.HttpClient"
            })
    void aPluginDoesNotSeeTheHub(String hidden) throws Exception {
        mount(plugin("spy").tool("Spy", "spy", "", "return new Text(Class.forName(input.text()).getName());"));

        assertThat(run("spy", "dev.cadre.spi.StepContext")).isEqualTo("dev.cadre.spi.StepContext");
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> run("spy", hidden));
    }

    @Test
    void aPluginWhoseClassesAreIncompleteFailsAlone() {
        mount(plugin("p").tool("P", "p", "", "throw new NoClassDefFoundError(\"gone\");"));

        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> run("p", "x"))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("PLUGIN_FAULT"));
    }

    @Test
    void classesStayUntilTheLastCallReturned() throws Exception {
        var plugin = mount(plugin("slow")
                .tool(
                        "Slow",
                        "slow",
                        "",
                        "Thread.sleep(300); return new Text(new Object() { public String toString() "
                                + "{ return input.text(); } }.toString());"));
        var performer = (ToolPerformer) stepTypes.find("slow").orElseThrow().performer();
        var result = new java.util.concurrent.CompletableFuture<Object>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                result.complete(performer.perform(
                        OrganizationId.create(), Map.of("text", "done"), null, new FakeStepContext()));
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

        mounting.unmount(plugin);

        assertThat(result).isCompletedWithValue(Map.of("text", "done"));
    }

    @Test
    void twentyReloadsLeaveNoClassLoaderBehind() throws Exception {
        var jar = working("echo").writeTo(folder.resolve("echo.jar"));
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        var kept = new ArrayList<StepType>();
        for (int reload = 0; reload < 20; reload++) {
            loaders.add(loadUseAndUnload(jar, kept));
        }

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.refersTo(null));
        });
        assertThat(kept).hasSize(20);
    }

    /** The step types stay with somebody, as with a compiled workflow, and must not keep the classes. */
    private WeakReference<ClassLoader> loadUseAndUnload(Path jar, List<StepType> kept) throws Exception {
        var plugin = mounting.mount(JarInspection.inspect(jar));
        kept.add(stepTypes.find("echo").orElseThrow());
        assertThat(run("echo", "hello")).isEqualTo("hello");
        assertThatExceptionOfType(StepException.Rejected.class).isThrownBy(() -> run("echo", " "));
        mounting.unmount(plugin);
        return new WeakReference<>(plugin.classLoader());
    }
}
