package dev.cadre.platform.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.SmartLifecycle;

/** A hub that is stopped tells the log of the use of connections when nothing uses any more. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class UsesToldLastIT {

    @Autowired
    Map<String, SmartLifecycle> parts;

    @Test
    void stopsAfterWhatWorksAndAnswers() {
        int told = parts.get("connectionUses").getPhase();
        assertThat(parts).containsKeys("drain", "webServerStartStop");
        for (var using : new String[] {"drain", "webServerStartStop", "webServerGracefulShutdown"}) {
            assertThat(told).as(using).isLessThan(parts.get(using).getPhase());
        }
        assertThat(told).isGreaterThan(parts.get("plugins").getPhase());
    }
}
