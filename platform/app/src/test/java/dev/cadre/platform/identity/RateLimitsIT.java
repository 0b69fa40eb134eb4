package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.WebClient;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A hub that allows few requests. */
class RateLimitsIT {

    private static final String LIMITS = "/api/v1/rate-limits";
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start(
                TestDatabase.emptyDatabase(),
                "cadre.rate-limit.per-minute=20",
                "cadre.rate-limit.max-per-minute=50",
                "cadre.rate-limit.sign-in-per-minute=15");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void answersSoManyRequestsAMinuteAndSaysWhenToGoOn() {
        var ada = TestUser.register(hub.port());
        var first = ada.get(LIMITS);
        assertThat(first.header("RateLimit-Limit")).isEqualTo("20");
        assertThat(first.header("RateLimit-Remaining")).isEqualTo("19");
        assertThat(first.header("RateLimit-Policy")).isEqualTo("20;w=60");
        assertThat(Integer.parseInt(first.header("RateLimit-Reset"))).isBetween(1, 60);
        assertThat(statuses(ada, 19)).containsOnly(200);

        var refused = ada.get(LIMITS);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.json().path("code").asString()).isEqualTo("rate-limited");
        assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(TestUser.register(hub.port()).get(LIMITS).status())
                .as("somebody else")
                .isEqualTo(200);
        assertThatThrownBy(() -> WebClient.connect(hub.port(), ada.token()))
                .hasStackTraceContaining("WebSocketHandshakeException");
    }

    @Test
    void countsEachKeyForItself() {
        var ada = TestUser.register(hub.port());
        var key = key(ada);
        var other = key(ada);
        assertThat(statuses(key, 21)).endsWith(200, 429);

        assertThat(other.get(LIMITS).status()).isEqualTo(200);
        assertThat(ada.get(LIMITS).header("RateLimit-Remaining")).isEqualTo("17");
    }

    @Test
    void anOrganizationSaysHowMuchItsCallersAreAllowed() {
        var ada = TestUser.register(hub.port());
        var before = ada.get(LIMITS);
        assertThat(before.json().path("eachCaller").isNull()).isTrue();
        assertThat(before.json().path("usual").asInt()).isEqualTo(20);
        assertThat(before.json().path("most").asInt()).isEqualTo(50);

        assertThat(ada.put(LIMITS, Map.of("eachCaller", 3), "If-Match", before.header("ETag"))
                        .status())
                .isEqualTo(200);

        assertThat(statuses(ada, 4)).containsExactly(200, 200, 200, 429);
    }

    @Test
    void anOrganizationIsLimitedAsAWholeWhereItSaysSo() {
        var ada = TestUser.register(hub.port());
        ada.put(LIMITS, "{\"eachCaller\":null,\"allCallers\":5}");
        var key = key(ada); // the first of them

        assertThat(statuses(key, 2)).containsOnly(200);
        assertThat(statuses(ada, 3)).containsExactly(200, 200, 429);
        assertThat(key.get(LIMITS).header("RateLimit-Limit")).isEqualTo("5");
    }

    @Test
    void refusesLimitsThatTheOperatorDoesNotAllow() {
        var ada = TestUser.register(hub.port());
        for (var wrong : List.of("{\"eachCaller\":51}", "{\"eachCaller\":0}", "{\"allCallers\":-1}")) {
            assertThat(ada.put(LIMITS, wrong).status()).as(wrong).isEqualTo(422);
        }
        assertThat(ada.put(LIMITS, Map.of(), "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(ada.colleague("member").put(LIMITS, Map.of("eachCaller", 5)).status())
                .isEqualTo(403);
    }

    @Test
    void limitsSigningInFromOneAddressAtEachPath() {
        var nobody = TestUser.nobody(hub.port());
        var wrong = Map.of("email", "somebody@example.com", "token", "x", "password", "wrong");
        var answers = IntStream.range(0, 16)
                .mapToObj(_ -> nobody.post("/auth/verify-email", wrong))
                .toList();

        assertThat(answers.subList(0, 15)).extracting(Answer::status).containsOnly(422);
        assertThat(answers.getLast().status()).isEqualTo(429);
        assertThat(answers.getLast().json().path("code").asString()).isEqualTo("rate-limited");
        assertThat(nobody.post("/%61uth/verify-%65mail", wrong).status())
                .as("the same path, written in another way")
                .isEqualTo(429);
        assertThat(nobody.post("/auth/refresh", Map.of()).status())
                .as("another path")
                .isEqualTo(401);
    }

    @Test
    void limitsWhoeverComesWithoutAKeyThatWorks() {
        var forged = TestUser.nobody(hub.port()).withToken("cdr_forged");
        var statuses = statuses(forged, 21);

        assertThat(statuses.subList(0, 20)).containsOnly(401);
        assertThat(statuses.getLast()).isEqualTo(429);
        assertThat(TestUser.nobody(hub.port()).get("/actuator/health").status()).isEqualTo(200);
    }

    private static List<Integer> statuses(TestUser user, int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> user.get(LIMITS).status())
                .toList();
    }

    private static TestUser key(TestUser user) {
        var made = user.post("/api/v1/api-keys", Map.of("name", "Key", "scopes", List.of("organization:read")));
        return user.withToken(made.json().path("key").asString());
    }
}
