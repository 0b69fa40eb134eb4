package dev.cadre.platform.connector;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.plugin.Plugins;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.platform.plugin.internal.JarInspection;
import dev.cadre.platform.plugin.internal.JarLoader;
import dev.cadre.platform.plugin.internal.PluginJar;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestConstructor;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ConnectorReloadIT {

    private static final int RELOADS = 20;

    @RegisterExtension
    static final WireMockExtension SERVICE =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final StepTypeSource source;
    private final JarLoader loader;
    private final Plugins plugins;
    private final TestUser ada;
    private final int port;

    @Autowired
    ConnectorReloadIT(List<StepTypeSource> sources, JarLoader loader, Plugins plugins, @LocalServerPort int port) {
        this.source = sources.stream()
                .filter(one -> one.getClass().getName().contains(".connector."))
                .findFirst()
                .orElseThrow();
        this.loader = loader;
        this.plugins = plugins;
        this.port = port;
        this.ada = TestUser.register(port);
    }

    @Test
    void allClassesOfSlackGo() throws Exception {
        SERVICE.stubFor(
                post("/api/chat.postMessage").willReturn(okJson("{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1\"}")));
        var values = Map.of("botToken", "xoxb-1", "apiAddress", SERVICE.baseUrl() + "/api");
        var connection = ada.post("/api/v1/connections", Map.of("name", "Slack", "type", "slack", "values", values))
                .json()
                .path("id")
                .asString();

        assertAllGo("slack", connection, Map.of("channel", "#a", "text", "Hi"), Map.of("channel", "C1"));
    }

    @Test
    void allClassesOfGmailGo() throws Exception {
        var connection = new StubbedMailbox(SERVICE).connect(ada, port);

        assertAllGo(
                "gmail",
                connection,
                Map.of("to", "Bob Ö <bob@example.com>", "subject", "Grüße", "text", "☃", "html", true),
                Map.of("messageId", "m2"));
    }

    /** Loads the connector's jar as the hub does, uses it and unloads it, twenty times. */
    private void assertAllGo(String id, String connection, Map<String, Object> input, Map<String, Object> output)
            throws Exception {
        var file = Path.of("../../connectors/" + id + "/target/" + id + "-connector.jar");
        assertThat(file).as("built by ./mvnw package").isReadable();
        var jar = JarInspection.inspect(file);
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        plugins.disable(id); // the hub brings the same connector itself
        try {
            // On virtual threads, as steps are: what a thread keeps in its locals goes with it.
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < RELOADS; i++) {
                    loaders.add(threads.submit(() -> useOnce(jar, connection, input, output))
                            .get());
                }
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                collectEvenWhatIsSoftlyHeld();
                assertThat(IntStream.range(0, RELOADS)
                                .filter(number -> loaders.get(number).get() != null))
                        .as("numbers of the reloads whose class loaders are still there")
                        .isEmpty();
            });
        } finally {
            plugins.enable(id);
        }
    }

    private WeakReference<ClassLoader> useOnce(
            PluginJar jar, String connection, Map<String, Object> input, Map<String, Object> output) throws Exception {
        var plugin = loader.load(jar);
        assertThat(plugin.classLoader()).isNotSameAs(getClass().getClassLoader());
        try (var installed = new Installed(source, plugin)) {
            assertThat(installed.perform(ada.organization(), input, connection)).containsAllEntriesOf(output);
        } finally {
            loader.unload(plugin);
        }
        return new WeakReference<>(plugin.classLoader());
    }

    /** A request for more memory than there can be makes the collector let go of caches first. */
    @SuppressWarnings("ReturnValueIgnored")
    private static void collectEvenWhatIsSoftlyHeld() {
        try {
            Arrays.fill(new long[Integer.MAX_VALUE - 8], 1);
        } catch (OutOfMemoryError expected) {
            System.gc();
        }
    }
}
