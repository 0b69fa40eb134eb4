package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The operator verifies audit logs beside a hub that runs. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AuditCommandIT {

    private record Result(int code, String text) {}

    @LocalServerPort
    int port;

    @Test
    void saysWhetherALogIsAsTheHubWroteIt() throws Exception {
        var owner = TestUser.register(port);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !owner.post("/api/v1/audit-verifications", Map.of())
                        .json()
                        .path("end")
                        .isNull());
        var intact = run("audit", "verify", owner.organization());
        assertThat(intact.text()).contains(owner.organization() + " intact", "1 logs verified, 0 changed.");
        assertThat(intact.code()).isZero();
        var end = intact.text()
                .replaceAll("(?s).*end (\\d+ [0-9a-f]{64}).*", "$1")
                .split(" ");
        assertThat(run("audit", "verify", owner.organization(), end[0], end[1]).code())
                .isZero();
        var database = TestDatabase.environment();
        try (var connection = DriverManager.getConnection(
                        database.get("CADRE_DB_URL"),
                        database.get("CADRE_DB_USER"),
                        database.get("CADRE_DB_PASSWORD"));
                var administrator = connection.prepareStatement(
                        "update cadre.audit_event set action = 'nothing.done' where organization_id = ?::uuid and position = 1")) {
            administrator.setString(1, owner.organization());
            assertThat(administrator.executeUpdate()).isOne();
        }
        var changed = run("audit", "verify", owner.organization());
        assertThat(changed.text()).contains("CHANGED", "position 1: ", "1 changed.");
        assertThat(changed.code()).isOne();
    }

    @Test
    void saysHowItIsUsed() {
        for (var wrong : List.of(
                new String[] {"audit"},
                new String[] {"audit", "delete"},
                new String[] {"audit", "verify", "all"},
                new String[] {"audit", "verify", "00000000-0000-0000-0000-000000000000", "1"})) {
            var result = run(wrong);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.text()).startsWith("Usage:");
        }
    }

    private static Result run(String... arguments) {
        var out = new ByteArrayOutputStream();
        int code = AuditCommand.run(
                List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8), TestDatabase.commandSettings());
        return new Result(code, out.toString(StandardCharsets.UTF_8));
    }
}
