package dev.cadre.platform.plugin.internal;

import static dev.cadre.platform.plugin.PluginJarBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.PluginJarBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarInspectionTest {

    @TempDir
    Path folder;

    private PluginJar inspect(PluginJarBuilder jar) {
        return JarInspection.inspect(jar.writeTo(folder.resolve("a.jar")));
    }

    private void refuses(PluginJarBuilder jar, String message) {
        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> inspect(jar))
                .withMessageContaining(message)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("plugin-invalid"));
    }

    private static PluginJarBuilder declaring() {
        return plugin("good").extension("example.Echo");
    }

    @Test
    void readsTheDescriptor() {
        var jar = inspect(declaring().property("title", "Good").property("license", "MIT"));

        assertThat(jar.id()).isEqualTo("good");
        assertThat(jar.version()).isEqualTo("1.0.0");
        assertThat(jar.title()).isEqualTo("Good");
        assertThat(jar.license()).isEqualTo("MIT");
        assertThat(jar.extensions()).containsExactly("example.Echo");
    }

    @Test
    void refusesWhatIsNoZip() throws Exception {
        var file = Files.writeString(folder.resolve("a.jar"), "#!/bin/sh");
        assertThatExceptionOfType(PluginException.class).isThrownBy(() -> JarInspection.inspect(file));
        var whole = declaring().bytes();
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatExceptionOfType(PluginException.class).isThrownBy(() -> JarInspection.inspect(file));
        Files.write(file, new byte[0]);
        assertThatExceptionOfType(PluginException.class).isThrownBy(() -> JarInspection.inspect(file));
    }

    @Test
    void refusesAJarWithoutDescriptor() {
        refuses(declaring().withoutDescriptor(), "no plugin.properties");
    }

    @Test
    void refusesAJarWithoutExtensions() {
        refuses(plugin("good"), "no extension");
        refuses(plugin("good").extension("../../etc/passwd"), "not a list of classes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "a b", "../a", "a/b", "a.b", "-a"})
    void refusesStrangeIds(String id) {
        refuses(declaring().property("id", id), "plugin.id");
    }

    @Test
    void refusesAnotherSpiRange() {
        refuses(declaring().property("requires", ">=9.0.0"), "this hub has 0.1.0");
        refuses(declaring().property("requires", ""), "plugin.requires");
        refuses(declaring().property("requires", "banana"), "plugin.");
        refuses(declaring().property("version", "latest"), "plugin.version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil.sh", "a/../../evil.sh", "/etc/cron.d/evil", "..\\\\evil", "C:/evil", "META-INF/.."})
    void refusesEntriesThatLeaveTheFolder(String name) {
        refuses(declaring().entry(name, "x"), "points outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev/cadre/spi/StepContext.class", "dev/cadre/platform/plugin/Plugins.class"})
    void refusesJarsThatPackTheHubsClasses(String name) {
        refuses(declaring().entry(name, "x"), "packs classes of the hub");
    }

    @Test
    void refusesTooManyEntries() {
        var jar = declaring();
        for (int index = 0; index <= 20_000; index++) {
            jar.entry("e" + index, "");
        }
        refuses(jar, "more than 20000 entries");
    }

    @Test
    void refusesADescriptorThatIsTooLarge() {
        refuses(declaring().property("note", "x".repeat(100_000)), "plugin.properties is too large");
    }

    @Test
    void refusesContentThatUnpacksTooLarge() {
        refuses(declaring().entry("bomb", "0".repeat(401 << 20)), "content is too large");
    }
}
