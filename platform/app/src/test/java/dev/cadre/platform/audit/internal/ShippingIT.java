package dev.cadre.platform.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit log leaves the hub for the operator's collector, whole and in its order, whatever happens to the target. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ShippingIT {

    @LocalServerPort
    int port;

    @Autowired
    ChainRows chains;

    @Autowired
    AuditRows rows;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transactions;

    @TempDir
    Path folder;

    @Test
    void writesEachEventOnceInTheOrderOfTheChain() throws IOException {
        var file = folder.resolve("audit.jsonl");
        var shipping = to(file);
        var owner = TestUser.register(port);
        owner.colleague("viewer");
        shipped(shipping, file, owner);
        var first = lines(file, owner);
        assertThat(first)
                .extracting(line -> line.path("action").asString())
                .contains("organization.founded", "member.added");
        assertThat(first)
                .extracting(line -> line.path("position").asLong())
                .isEqualTo(java.util.stream.LongStream.rangeClosed(1, first.size())
                        .boxed()
                        .toList());
        assertThat(first).allSatisfy(line -> {
            assertThat(line.path("log").asString()).isEqualTo("audit");
            assertThat(line.path("at").asString()).endsWith("Z");
            assertThat(line.path("hash").asString()).matches("[0-9a-f]{64}");
            assertThat(line.toString()).doesNotContain(owner.email(), TestUser.PASSWORD);
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .endsWith("---");

        Files.move(file, folder.resolve("rotated"));
        owner.patch("/api/v1/me", Map.of("name", "Ada L."));
        shipped(shipping, file, owner);
        assertThat(lines(file, owner))
                .extracting(line -> line.path("action").asString())
                .containsExactly("user.renamed");
    }

    @Test
    void aTargetThatIsAwayLosesNothing() throws IOException {
        var mount = Files.createDirectory(folder.resolve("mount"));
        var file = mount.resolve("audit.jsonl");
        var shipping = to(file);
        Files.delete(mount);
        var owner = TestUser.register(port);
        await().atMost(Duration.ofSeconds(30)).until(() -> unchained(owner) == 0);
        shipping.all();
        shipping.all();
        assertThat(waiting(owner)).isPositive();

        Files.createDirectory(mount);
        shipped(shipping, file, owner);
        assertThat(lines(file, owner))
                .extracting(line -> line.path("action").asString())
                .contains("organization.founded");
    }

    @Test
    void warnsWhereTheClockIsNotTheDatabases() {
        assertThat(new ClockDifference(jdbc, Clock.systemUTC()).check()).isTrue();
        assertThat(new ClockDifference(jdbc, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1))).check())
                .isFalse();
        assertThat(new ClockDifference(jdbc, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1))).check())
                .isFalse();
    }

    private Shipping to(Path file) {
        return new Shipping(chains, rows, json, transactions, new AuditLogSettings(file.toString()));
    }

    /** Until nothing of this organization waits, be it for the chain or for the file. */
    private void shipped(Shipping shipping, Path file, TestUser owner) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            shipping.all();
            return Files.exists(file) && waiting(owner) == 0;
        });
    }

    private int waiting(TestUser owner) {
        return jdbc.sql("""
                        select count(*) from audit_event e left join audit_shipped s on s.organization_id = e.organization_id
                        where e.organization_id = ?::uuid and coalesce(e.position > coalesce(s.position, 0), true)""").param(owner.organization()).query(Integer.class).single();
    }

    private int unchained(TestUser owner) {
        return jdbc.sql("select count(*) from audit_event where organization_id = ?::uuid and position is null")
                .param(owner.organization())
                .query(Integer.class)
                .single();
    }

    private List<JsonNode> lines(Path file, TestUser owner) throws IOException {
        return Files.readAllLines(file).stream()
                .map(json::readTree)
                .filter(line -> line.path("organization").asString().equals(owner.organization()))
                .toList();
    }
}
