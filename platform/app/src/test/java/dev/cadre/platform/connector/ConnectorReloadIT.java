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
import dev.cadre.spi.connector.Connector;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestConstructor;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "cadre.egress-allow=127.0.0.1,localhost")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ConnectorReloadIT {

    private static final int RELOADS = 20;
    private static final Path JAR = Path.of("../../connectors/slack/target/slack-connector.jar");

    @RegisterExtension
    static final WireMockExtension SLACK =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final StepTypeSource source;
    private final TestUser ada;
    private final Plugins plugins;

    @Autowired
    ConnectorReloadIT(List<StepTypeSource> sources, Plugins plugins, @LocalServerPort int port) {
        this.plugins = plugins;
        this.source = sources.stream()
                .filter(one -> one.getClass().getName().contains(".connector."))
                .findFirst()
                .orElseThrow();
        this.ada = TestUser.register(port);
    }

    /** The hub brings the same connector itself. */
    @BeforeEach
    void makeRoom() {
        plugins.disable("slack");
    }

    @AfterEach
    void giveBack() {
        plugins.enable("slack");
    }

    @Test
    void classesOfConnectorsThatAreGoneDoNotPileUp() throws Exception {
        assertThat(JAR).as("built by ./mvnw -pl connectors/slack -am package").isReadable();
        SLACK.stubFor(
                post("/api/chat.postMessage").willReturn(okJson("{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1\"}")));
        var loaders = new ArrayList<WeakReference<ClassLoader>>();

        // On virtual threads, as steps are: what a thread keeps in its locals goes with it.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < RELOADS; i++) {
                loaders.add(threads.submit(this::useOnce).get());
            }
        }

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            collectEvenWhatIsSoftlyHeld();
            // Something remembers the last connector that was used until the next one is: one, not one more each time.
            assertThat(IntStream.range(0, RELOADS - 1)
                            .filter(number -> loaders.get(number).get() != null))
                    .as("numbers of the reloads whose class loaders are still there")
                    .isEmpty();
        });
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

    private WeakReference<ClassLoader> useOnce() throws Exception {
        var urls = new URL[] {JAR.toUri().toURL()};
        try (var loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            var connector = (Connector) loader.loadClass("dev.cadre.connector.slack.SlackConnector")
                    .getConstructor()
                    .newInstance();
            try (var slack = new Installed(source, connector)) {
                var id = ada.post(
                                "/api/v1/connections",
                                Map.of(
                                        "name",
                                        "Slack " + System.nanoTime(),
                                        "type",
                                        "slack",
                                        "values",
                                        Map.of("botToken", "xoxb-1", "apiAddress", SLACK.baseUrl() + "/api")))
                        .json()
                        .path("id")
                        .asString();
                var posted = slack.perform(ada.organization(), Map.of("channel", "#a", "text", "Hi"), id);
                assertThat(posted).containsEntry("channel", "C1");
            }
            return new WeakReference<>(loader);
        }
    }
}
