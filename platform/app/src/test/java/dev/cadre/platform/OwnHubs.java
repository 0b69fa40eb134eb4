package dev.cadre.platform;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests with hubs of their own, one or two, on a database of their own; with a model, and an outside world each time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OwnHubs {

    protected static final Duration LONG = Duration.ofSeconds(60);

    private final int nodes;
    protected Map<String, String> database;
    protected TestModel model;
    protected TestHub hub;
    /** The second node; null where there is one. */
    protected TestHub other;

    protected TestUser user;
    protected TestRuns runs;
    protected TestStub outside;

    protected OwnHubs(int nodes) {
        this.nodes = nodes;
    }

    @BeforeAll
    void startHubs() {
        database = TestDatabase.emptyDatabase();
        model = new TestModel();
        hub = TestHub.start(database, model.properties());
        other = nodes == 2 ? TestHub.start(database, model.properties()) : null;
        user = TestUser.register(hub.port());
        runs = new TestRuns(user);
    }

    @AfterAll
    void stopHubs() {
        if (other != null) {
            other.close();
        }
        hub.close();
        model.close();
    }

    @BeforeEach
    void openOutside() {
        outside = TestStub.start();
    }

    @AfterEach
    void closeOutside() {
        outside.close();
    }
}
