package dev.cadre.platform.trigger.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.workflow.Workflows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The routes of a node that hears of publications by the database alone. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RoutesIT {

    /** Counts how often the database is asked, and can be taken away. */
    private static final class CountingSource extends DelegatingDataSource {
        final AtomicInteger asked = new AtomicInteger();
        volatile boolean away;

        CountingSource(DataSource real) {
            super(real);
        }

        @Override
        public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            if (away) {
                throw new SQLException("The database is away", "08001");
            }
            return super.getConnection();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    DataSource database;

    @Autowired
    Workflows workflows;

    @Autowired
    RunStarter starter;

    @Autowired
    Bindings bindings;

    final AtomicLong nanoTime = new AtomicLong();
    final String path = "routes/" + UUID.randomUUID();
    CountingSource source;
    Routes other;
    TestUser user;

    @BeforeEach
    void aNodeThatKnowsAllThatIsArmed() {
        user = TestUser.register(port);
        source = new CountingSource(database);
        other = new Routes(new WebhookRows(JdbcClient.create(source)), workflows, bindings, starter, nanoTime::get);
        other.look();
        source.asked.set(0);
    }

    @Test
    void aKnownPathCostsNoRoundTrip() {
        publish(create(1));
        other.look();
        source.asked.set(0);

        for (int i = 0; i < 1_000; i++) {
            nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(5));
            assertThat(other.find(path, "POST")).isPresent();
            assertThat(other.find(path, "PUT")).isEmpty();
        }

        assertThat(source.asked).hasValue(0);
    }

    @Test
    void aStampedeForUnknownPathsLooksOnceInASecond() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int second = 1; second <= 3; second++) {
                var calls = new ArrayList<Callable<Boolean>>();
                for (int i = 0; i < 500; i++) {
                    calls.add(() -> other.find(path, "POST").isPresent());
                }
                for (var found : threads.invokeAll(calls)) {
                    assertThat(found.get()).isFalse();
                }
                assertThat(source.asked).as("after %d seconds", second).hasValue(second);
                nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    @Test
    void aRequestForAPathThatAnotherNodeJustPublishedFindsIt() {
        publish(create(1));

        assertThat(other.find(path, "POST")).isPresent();
    }

    @Test
    void learnsOfWhatAnotherNodeChangesUnpublishesAndMoves() {
        var id = create(1);
        publish(id);
        var node = new Arming(new WebhookRows(JdbcClient.create(source)), other, bindings);
        node.start();
        try {
            assertThat(version()).isEqualTo(1);

            save(id, 2, path);
            publish(id);
            await().untilAsserted(() -> assertThat(version()).isEqualTo(2));

            save(id, 3, path + "/moved");
            publish(id);
            await().untilAsserted(() -> assertThat(other.find(path, "POST")).isEmpty());
            assertThat(other.find(path + "/moved", "POST")).isPresent();

            delete(id);
            await().untilAsserted(() ->
                    assertThat(other.find(path + "/moved", "POST")).isEmpty());
        } finally {
            node.stop();
        }
    }

    @Test
    void anUnchangedTableIsNotReadAgain() {
        publish(create(1));
        other.look();
        source.asked.set(0);

        other.look();

        assertThat(source.asked).as("the generation alone").hasValue(1);
    }

    @Test
    void whatThisNodePublishedCountsAtOnce() {
        var id = create(1);
        publish(id);
        for (int version = 2; version <= 12; version++) {
            save(id, version, path);
            publish(id);
            assertThat(TestUser.nobody(port).post("/hooks/" + path, Map.of()).body())
                    .isEqualTo("{\"version\":" + version + "}");
        }
        delete(id);
        assertThat(TestUser.nobody(port).post("/hooks/" + path, Map.of()).status())
                .isEqualTo(404);
    }

    @Test
    void keepsWhatItKnowsWhileTheDatabaseIsAway() {
        publish(create(1));
        other.look();
        source.away = true;

        assertThatThrownBy(other::look).isInstanceOf(DataAccessException.class);
        assertThat(other.find(path, "POST")).isPresent();
    }

    @Test
    void aNodeThatNeverReadTheTableSaysSoInsteadOfNotFound() {
        source.away = true;
        var fresh = new Routes(new WebhookRows(JdbcClient.create(source)), workflows, bindings, starter, nanoTime::get);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> fresh.find(path, "POST")).isInstanceOf(DataAccessException.class);
        }
        assertThat(source.asked).as("one look in a second").hasValue(1);

        source.away = false;
        publish(create(1));
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(fresh.find(path, "POST")).isPresent();
    }

    private int version() {
        var version = other.find(path, "POST").orElseThrow().definition().version();
        return version == null ? 0 : version;
    }

    private String create(int number) {
        var created = user.post("/api/v1/workflows", Map.of("name", "route", "bpmnXml", xml(number, path)));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    private void save(String id, int number, String to) {
        var etag = user.get("/api/v1/workflows/" + id).header("ETag");
        var saved = user.put(
                "/api/v1/workflows/" + id, Map.of("name", "route", "bpmnXml", xml(number, to)), "If-Match", etag);
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
    }

    private void publish(String id) {
        var published = user.post("/api/v1/workflows/" + id + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
    }

    private void delete(String id) {
        var etag = user.get("/api/v1/workflows/" + id).header("ETag");
        assertThat(user.delete("/api/v1/workflows/" + id, "If-Match", etag).status())
                .isEqualTo(204);
    }

    private static String xml(int number, String to) {
        return Bpmn.webhook(to, "last-step")
                .end("done", "{\"version\":" + number + "}")
                .flow("start", "done")
                .xml();
    }
}
