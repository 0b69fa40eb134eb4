package dev.cadre.platform.plugin;

import static dev.cadre.platform.plugin.PluginJarBuilder.plugin;
import static dev.cadre.platform.plugin.PluginJarBuilder.working;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.plugin.InstalledPlugin.State;
import dev.cadre.platform.plugin.internal.JarInspection;
import dev.cadre.platform.plugin.internal.PluginStates;
import dev.cadre.platform.plugin.internal.StoredJars;
import dev.cadre.platform.shared.CadreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestConstructor;

/** What another node does to the plugins is seen here as a change of the tables. */
@ApplicationModuleTest(extraIncludes = {"database", "secret", "cluster"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PluginsOfAllNodesRoomTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Plugins plugins;
    private final StepTypes stepTypes;
    private final PluginSettings settings;
    private final StoredJars jars;
    private final PluginStates states;
    private final JdbcClient jdbc;

    @TempDir
    Path elsewhere;

    PluginsOfAllNodesRoomTest(
            Plugins plugins,
            StepTypes stepTypes,
            PluginSettings settings,
            StoredJars jars,
            PluginStates states,
            JdbcClient jdbc) {
        this.plugins = plugins;
        this.stepTypes = stepTypes;
        this.settings = settings;
        this.jars = jars;
        this.states = states;
        this.jdbc = jdbc;
    }

    @AfterEach
    void removeWhatWasInstalled() {
        for (var plugin : plugins.all()) {
            if (!plugin.bundled()) {
                plugins.delete(plugin.id());
            }
        }
    }

    @Test
    void installsDisablesAndDeletesWhatAnotherNodeDoes() throws Exception {
        installElsewhere(working("travels"));
        await().atMost(SOON).until(() -> stepTypes.find("travels").isPresent());

        states.save("travels", false);
        await().atMost(SOON).until(() -> stepTypes.find("travels").isEmpty());
        assertThat(find("travels").state()).isEqualTo(State.DISABLED);

        states.save("travels", true);
        await().atMost(SOON).until(() -> stepTypes.find("travels").isPresent());

        jars.delete("travels");
        await().atMost(SOON).until(() -> stepTypes.find("travels").isEmpty());
        assertThat(plugins.all()).noneMatch(plugin -> plugin.id().equals("travels"));
        assertThat(settings.stored()).isEmptyDirectory();
    }

    @Test
    void takesTheVersionThatAnotherNodeInstalled() throws Exception {
        plugins.install(new ByteArrayInputStream(working("renewed").bytes()));

        installElsewhere(working("renewed").property("version", "1.1.0"));

        await().atMost(SOON).until(() -> find("renewed").version().equals("1.1.0"));
        assertThat(find("renewed").stepTypes()).containsExactly("renewed");
    }

    @Test
    void refusesAPluginThatAnotherNodeInstalledAMomentAgo() throws Exception {
        installElsewhere(working("raced"));

        assertThatExceptionOfType(PluginException.class)
                .isThrownBy(() -> plugins.install(
                        new ByteArrayInputStream(working("raced").bytes())))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.CONFLICT));
        assertThat(find("raced").state()).isEqualTo(State.ENABLED);
    }

    @Test
    void runsNoJarThatSomebodyWroteIntoTheDatabase() throws Exception {
        installElsewhere(working("forged"));
        var evil = working("forged").property("title", "Evil").writeTo(elsewhere.resolve("evil.jar"));
        jdbc.sql("update plugin_jar set bytes = ?, sha256 = ? where plugin_id = 'forged'")
                .params(Files.readAllBytes(evil), StoredJars.sha256(evil))
                .update();

        restart();

        assertThat(find("forged").state()).isEqualTo(State.FAILED);
        assertThat(find("forged").error()).contains("was not put there by this installation");
        assertThat(stepTypes.find("forged")).isEmpty();
    }

    @Test
    void sharesWhatAnOperatorPutIntoTheFolderUnlessItDoesNotWork() throws Exception {
        inFolder(working("offered"), "offered.jar");
        inFolder(plugin("useless").tool("P", "p", "throw new IllegalStateException();", ""), "useless.jar");

        restart();

        assertThat(find("offered").state()).isEqualTo(State.ENABLED);
        assertThat(jars.all()).containsKey("offered").doesNotContainKey("useless");
    }

    @Test
    void aPluginThatWasDeletedElsewhereDoesNotComeBackFromTheFolder() throws Exception {
        var jar = inFolder(working("buried"), "buried.jar");
        restart();
        jars.delete("buried");
        await().atMost(SOON).until(() -> stepTypes.find("buried").isEmpty());

        restart();

        assertThat(jar).exists();
        assertThat(stepTypes.find("buried")).isEmpty();
        inFolder(working("buried").property("version", "1.0.1"), "buried.jar");
        restart();
        assertThat(find("buried").version()).isEqualTo("1.0.1");
    }

    private void installElsewhere(PluginJarBuilder jar) throws IOException {
        var file = jar.writeTo(elsewhere.resolve("plugin.jar"));
        jars.replace(JarInspection.inspect(file), StoredJars.sha256(file));
    }

    private Path inFolder(PluginJarBuilder jar, String name) throws IOException {
        return jar.writeTo(Files.createDirectories(settings.installed()).resolve(name));
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
}
