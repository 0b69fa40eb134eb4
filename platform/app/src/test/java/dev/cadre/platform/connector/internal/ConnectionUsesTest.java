package dev.cadre.platform.connector.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionUsesTest {

    private final List<Object> told = new ArrayList<>();
    private final ConnectionRow shop = row("Shop");

    @Test
    void tellsOnceForAllUsesOfAConnection() {
        var uses = new ConnectionUses(told::add);
        for (int i = 0; i < 200; i++) {
            uses.count(shop, "run-" + i % 100);
        }
        uses.count(row("Bank"), "run-0");
        uses.tell();
        uses.tell();
        assertThat(told).hasSize(2);
        var event = told.stream()
                .map(Audited.class::cast)
                .filter(one -> "Shop".equals(one.subject().name()))
                .findFirst()
                .orElseThrow();
        assertThat(event.action()).isEqualTo("connection.used");
        assertThat(event.organization()).isEqualTo(shop.organization());
        assertThat(event.actor()).isEqualTo(Actor.SYSTEM);
        assertThat(event.after().get("times")).isEqualTo(200);
        assertThat((List<?>) event.after().get("runs")).hasSize(50);
    }

    @Test
    void keepsWhatItCouldNotTell() {
        boolean[] away = {true};
        var uses = new ConnectionUses(event -> {
            if (away[0]) {
                throw new IllegalStateException("The database is away");
            }
            told.add(event);
        });
        uses.count(shop, "run-1");
        uses.tell();
        uses.count(shop, "run-2");
        away[0] = false;
        uses.tell();
        assertThat(told)
                .singleElement()
                .satisfies(event ->
                        assertThat(((Audited) event).after().get("times")).isEqualTo(2));
    }

    private static ConnectionRow row(String name) {
        return new ConnectionRow(
                ConnectionId.create(),
                OrganizationId.create(),
                name,
                "rest",
                Map.of(),
                new byte[0],
                null,
                1,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
