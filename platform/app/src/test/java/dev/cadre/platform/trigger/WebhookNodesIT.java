package dev.cadre.platform.trigger;

import static dev.cadre.platform.trigger.Hooks.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two hubs on one database. */
class WebhookNodesIT {

    private static final String GITHUB = "\"authentication\":\"signature\",\"signature\":{\"scheme\":\"github\"}";

    private static TestHub first;
    private static TestHub second;

    @BeforeAll
    static void start() {
        var database = TestDatabase.emptyDatabase();
        first = TestHub.start(database);
        second = TestHub.start(database);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void aSignedRequestStartsOneRunHoweverManyNodesGetItAtOnce() throws Exception {
        var here = new Hooks(first.port());
        here.secret("github", Map.of("kind", "hmac", "secret", "0123456789"));
        here.publish("github", GITHUB);
        var there = new Hooks(second.port(), here.user);
        await().until(() -> send(there, here.path, "{\"warm\":1}", "0123456789").status() == 200);

        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 20; i++) {
            var node = i % 2 == 0 ? here : there;
            calls.add(() -> send(node, here.path, "{}", "0123456789").status());
        }
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).containsOnlyOnce(200).allMatch(status -> status == 200 || status == 409 || status == 503);
        assertThat(send(there, here.path, "{}", "0123456789").code()).isEqualTo("webhook-replayed");
        assertThat(send(here, here.path, "{}", "0123456789").code()).isEqualTo("webhook-replayed");
        assertThat(here.runs()).isEqualTo(2);
    }

    @Test
    void aSecretThatOneNodeChangesCountsOnTheOther() {
        var here = new Hooks(first.port());
        var id = here.secret("github", Map.of("kind", "hmac", "secret", "first secret"));
        here.publish("github", GITHUB);
        var there = new Hooks(second.port(), here.user);
        await().until(() -> send(there, here.path, "1", "first secret").status() == 200);

        here.user.put(
                "/api/v1/connections/" + id, Map.of("name", "github", "values", Map.of("secret", "second secret")));

        await().untilAsserted(() -> assertThat(
                        send(there, here.path, "2", "second secret").status())
                .isIn(200, 409));
        assertThat(send(there, here.path, "3", "first secret").status()).isEqualTo(401);
    }

    private static Hooks.Answer send(Hooks node, String path, String body, String secret) {
        return node.send(
                "POST",
                "/hooks/" + path,
                body.getBytes(StandardCharsets.UTF_8),
                "X-Hub-Signature-256",
                "sha256=" + hex(secret, body));
    }
}
