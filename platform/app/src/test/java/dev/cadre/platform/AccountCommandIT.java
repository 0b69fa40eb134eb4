package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.identity.internal.Totps;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The operator helps who can't get in, and keeps out who must not, beside a hub that runs. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AccountCommandIT {

    private record Result(int code, String text) {}

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void resetsALostSecondFactorTellsThePersonAndEndsTheirSignIns() {
        var owner = TestUser.register(port);
        Totps.setUp(owner);
        assertThat(signIn(owner).json().path("code").asString()).isEqualTo("mfa-required");

        var result = run("account", "reset-second-factor", owner.email().toUpperCase());

        assertThat(result.code()).as(result.text()).isZero();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> owner.get("/api/v1/me").status() == 401);
        var again = signIn(owner);
        assertThat(again.status()).isEqualTo(200);
        var now = owner.withToken(again.json().path("accessToken").asString());
        assertThat(now.get("/api/v1/me/totp").json().path("enabled").asBoolean())
                .isFalse();
        var told = now.get("/api/v1/audit-events?action=second-factor.reset").json();
        assertThat(told.at("/items/0/actor/kind").asString()).isEqualTo("system");
        assertThat(told.at("/items/0/subject/id").asString()).isEqualTo(owner.id());
        assertThat(jdbc.sql("select subject from mail_message where recipient = ?")
                        .param(owner.email())
                        .query(String.class)
                        .list())
                .contains("Your second factor was reset");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            var report = now.post("/api/v1/audit-verifications", Map.of()).json();
            return report.path("intact").asBoolean() && report.path("waiting").asInt() == 0;
        });
    }

    @Test
    void endsSomebodysSignInsAndNobodyElses() {
        var ada = TestUser.register(port);
        var bob = TestUser.register(port);

        assertThat(run("account", "end-sign-ins", ada.email()).code()).isZero();

        await().atMost(Duration.ofSeconds(30)).until(() -> ada.get("/api/v1/me").status() == 401);
        assertThat(bob.get("/api/v1/me").status()).isEqualTo(200);
        var again = ada.withToken(signIn(ada).json().path("accessToken").asString());
        assertThat(TestAudit.actions(again, "session")).contains("session.ended-by-operator");
    }

    @Test
    void endsTheSignInsOfEverybody() {
        var ada = TestUser.register(port);
        var bob = TestUser.register(port);

        assertThat(run("account", "end-sign-ins", "everybody").text()).contains("people have ended");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> ada.get("/api/v1/me").status() == 401
                        && bob.get("/api/v1/me").status() == 401);
    }

    @Test
    void saysHowItIsUsedAndWhomItDoesNotKnow() {
        for (var wrong :
                List.of(new String[] {"account"}, new String[] {"account", "delete", "a@example.com"}, new String[] {
                    "account", "end-sign-ins"
                })) {
            var result = run(wrong);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.text()).startsWith("Usage:");
        }
        var unknown = run("account", "reset-second-factor", "nobody@example.com");
        assertThat(unknown.code()).isOne();
        assertThat(unknown.text()).contains("Nobody has the address");
    }

    private TestUser.Answer signIn(TestUser user) {
        return TestUser.nobody(port).post("/auth/login", Map.of("email", user.email(), "password", TestUser.PASSWORD));
    }

    private static Result run(String... arguments) {
        var out = new ByteArrayOutputStream();
        int code = AccountCommand.run(
                List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8), TestDatabase.commandSettings());
        return new Result(code, out.toString(StandardCharsets.UTF_8));
    }
}
