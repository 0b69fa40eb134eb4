package dev.cadre.platform.plugin;

import static dev.cadre.platform.plugin.PluginJarBuilder.plugin;
import static dev.cadre.platform.plugin.PluginJarBuilder.working;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.platform.plugin.InstalledPlugin.State;
import dev.cadre.platform.shared.CadreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestConstructor;

@ApplicationModuleTest(extraIncludes = {"database", "secret", "cluster"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PluginsRoomTest {

    private final Plugins plugins;
    private final StepTypes stepTypes;
    private final PluginSettings settings;

    PluginsRoomTest(Plugins plugins, StepTypes stepTypes, PluginSettings settings) {
        this.plugins = plugins;
        this.stepTypes = stepTypes;
        this.settings = settings;
    }

    @AfterEach
    void removeWhatWasInstalled() {
        for (var plugin : plugins.all()) {
            if (!plugin.bundled()) {
                plugins.delete(plugin.id());
            }
        }
    }

    private InstalledPlugin install(PluginJarBuilder jar) {
        return plugins.install(new ByteArrayInputStream(jar.bytes()));
    }

    private void refuses(InputStream jar, Kind kind) throws Exception {
        var before = plugins.all();
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> plugins.install(jar))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind));
        assertThat(plugins.all()).isEqualTo(before);
        assertThat(settings.quarantine()).isEmptyDirectory();
        for (var folder : List.of(settings.installed(), settings.stored())) {
            if (Files.exists(folder)) {
                assertThat(folder).isEmptyDirectory();
            }
        }
    }

    private void restart() {
        plugins.stop();
        plugins.start();
    }

    private InstalledPlugin find(String id) {
        return plugins.all().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anInstalledPluginIsThereAfterARestart() {
        assertThat(install(working("echo")).state()).isEqualTo(State.ENABLED);
        assertThat(stepTypes.find("echo")).isPresent();

        restart();

        assertThat(find("echo").stepTypes()).containsExactly("echo");
        plugins.delete("echo");
        restart();
        assertThat(stepTypes.find("echo")).isEmpty();
    }

    @Test
    void aDisabledPluginStaysDisabledAfterARestart() {
        install(working("echo"));
        plugins.disable("echo");
        plugins.disable("calculator");

        restart();

        assertThat(find("echo").state()).isEqualTo(State.DISABLED);
        assertThat(find("calculator").state()).isEqualTo(State.DISABLED);
        assertThat(stepTypes.find("calculator")).isEmpty();
        assertThat(plugins.enable("calculator").state()).isEqualTo(State.ENABLED);
    }

    @Test
    void nothingStaysOfAPluginThatDoesNotWork() throws Exception {
        refuses(new ByteArrayInputStream(new byte[] {1, 2, 3}), Kind.INVALID);
        refuses(new ByteArrayInputStream(plugin("p").bytes()), Kind.INVALID);
        refuses(
                new ByteArrayInputStream(plugin("p")
                        .tool("P", "p", "throw new IllegalStateException();", "")
                        .bytes()),
                Kind.INVALID);
        refuses(
                new ByteArrayInputStream(
                        plugin("p").tool("P", "webhook", "", "").bytes()),
                Kind.INVALID);
        refuses(new ByteArrayInputStream(working("calculator").bytes()), Kind.CONFLICT);
    }

    @Test
    void refusesAnEndlessUpload() throws Exception {
        refuses(
                new InputStream() {
                    @Override
                    public int read() {
                        return 'P';
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        Arrays.fill(buffer, offset, offset + length, (byte) 'P');
                        return length;
                    }
                },
                Kind.TOO_LARGE);
    }

    @Test
    void aBrokenJarInTheFolderIsReportedAndStopsNothing() throws Exception {
        Path folder = Files.createDirectories(settings.installed());
        Files.writeString(folder.resolve("a-garbage.jar"), "garbage");
        plugin("range").property("requires", ">=7.0.0").extension("x.Y").writeTo(folder.resolve("b-range.jar"));
        plugin("throws")
                .tool("P", "p", "throw new IllegalStateException(\"no luck\");", "")
                .writeTo(folder.resolve("c-throws.jar"));
        working("calculator").writeTo(folder.resolve("d-same-id.jar"));
        plugin("takes").tool("P", "webhook", "", "return input;").writeTo(folder.resolve("e-takes.jar"));
        working("from-folder").writeTo(folder.resolve("f-echo.jar"));

        restart();

        assertThat(find("a-garbage.jar").error()).contains("not a jar");
        assertThat(find("b-range.jar").error()).contains(">=7.0.0");
        assertThat(find("throws").error()).contains("no luck");
        assertThat(find("d-same-id.jar").error()).contains("already a plugin calculator");
        assertThat(find("takes").error()).contains("webhook");
        assertThat(find("takes").state()).isEqualTo(State.FAILED);
        assertThat(find("from-folder").state()).isEqualTo(State.ENABLED);
        assertThat(find("calculator").state()).isEqualTo(State.ENABLED);
        assertThatExceptionOfType(PluginException.class).isThrownBy(() -> plugins.enable("a-garbage.jar"));
        assertThatExceptionOfType(PluginException.class).isThrownBy(() -> plugins.enable("throws"));
    }

    @Test
    void bundledPluginsCanNotBeDeleted() {
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> plugins.delete("calculator"))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.CONFLICT));
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> plugins.delete("nobody"))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.NOT_FOUND));
    }
}
