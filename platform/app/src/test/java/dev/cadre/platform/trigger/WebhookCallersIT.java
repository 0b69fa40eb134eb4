package dev.cadre.platform.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** API keys, passwords, addresses and web pages. */
@HookTests
class WebhookCallersIT {

    @LocalServerPort
    int port;

    Hooks hooks;

    @BeforeEach
    void start() {
        hooks = new Hooks(port);
    }

    @Test
    void anApiKeyStandsInItsHeaderAndNowhereElse() {
        hooks.secret("key", Map.of("kind", "api-key", "secret", "right-key", "previous", "old-key"));
        hooks.publish("key", "\"authentication\":\"api-key\"");

        var answer = hooks.post("{}", "X-API-Key", "right-key", "X-Other", "seen");

        assertThat(answer.trigger().path("headers").path("x-other").asString()).isEqualTo("seen");
        assertThat(answer.response().body()).doesNotContain("right-key");
        assertThat(hooks.post("{}", "x-api-key", "old-key").status()).isEqualTo(200);
        for (var wrong : new String[] {"", "right-ke", "right-keyy", "RIGHT-KEY", "right-key,right-key"}) {
            assertThat(hooks.post("{}", "X-API-Key", wrong).status()).as(wrong).isEqualTo(401);
        }
        assertThat(hooks.post("{}", "Authorization", "right-key").status()).isEqualTo(401);
        assertThat(hooks.post("{}").header("WWW-Authenticate")).isEqualTo("ApiKey");
    }

    @Test
    void theHeaderOfAnApiKeyCanBeSet() {
        hooks.secret("key", Map.of("kind", "api-key", "secret", "right-key"));
        hooks.publish("key", "\"authentication\":\"api-key\",\"apiKey\":{\"header\":\"Authorization\"}");

        assertThat(hooks.post("{}", "Authorization", "right-key").status()).isEqualTo(200);
        assertThat(hooks.post("{}", "X-API-Key", "right-key").status()).isEqualTo(401);
    }

    @Test
    void soManyRequestsAMinutePassAndOnlyThoseThatAreProvenCount() {
        hooks.secret("key", Map.of("kind", "api-key", "secret", "right-key"));
        hooks.publish("key", "\"authentication\":\"api-key\",\"perMinute\":2");

        for (int at = 0; at < 5; at++) {
            assertThat(hooks.post("{}", "X-API-Key", "wrong").status()).isEqualTo(401);
        }
        assertThat(hooks.post("{}", "X-API-Key", "right-key").header("RateLimit-Remaining"))
                .isEqualTo("1");
        assertThat(hooks.post("{}", "X-API-Key", "right-key").status()).isEqualTo(200);
        var refused = hooks.post("{}", "X-API-Key", "right-key");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.response().body()).contains("\"code\":\"rate-limited\"");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    }

    @Test
    void withoutALimitNothingIsCounted() {
        hooks.publish(null, "");

        assertThat(hooks.post("{}").header("RateLimit-Limit")).isEmpty();
    }

    @Test
    void basicAuthenticationNeedsNameAndPassword() {
        hooks.secret("login", Map.of("kind", "basic", "username", "ada", "secret", "pass:word", "previous", "before"));
        hooks.publish("login", "\"authentication\":\"basic\"");

        assertThat(basic("ada:pass:word").trigger().path("headers").has("authorization"))
                .isFalse();
        assertThat(basic("ada:before").status()).isEqualTo(200);
        for (var wrong :
                new String[] {"ada:", "ada", ":pass:word", "eve:pass:word", "ada:pass", "", "ada:pass:word "}) {
            var answer = basic(wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("webhook-unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"webhook\", charset=\"UTF-8\"");
        }
        assertThat(hooks.post("{}", "Authorization", "Basic ####").status()).isEqualTo(401);
        assertThat(hooks.post("{}", "Authorization", "Bearer YWRhOnBhc3M6d29yZA==")
                        .status())
                .isEqualTo(401);
        assertThat(hooks.post("{}").status()).isEqualTo(401);
    }

    private Hooks.Answer basic(String login) {
        var encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return hooks.post("{}", "Authorization", "Basic " + encoded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3                      | 200",
                "11.1.2.3                      | 403",
                "203.0.113.7                   | 200",
                "203.0.113.8                   | 403",
                "203.0.113.7:4711              | 200",
                "::ffff:10.1.2.3               | 200",
                "::ffff:11.1.2.3               | 403",
                "2001:db8:0:1::5               | 200",
                "2001:db9::5                   | 403",
                "[2001:db8::5]:443             | 200",
                "10.1.2.3, 11.1.2.3            | 403",
                "11.1.2.3, 10.1.2.3            | 200",
                "10.1.2.3, 11.1.2.3, 127.0.0.1 | 403",
                "nonsense                      | 403",
                "10.1.2.3, nonsense            | 403",
                "010.1.2.3.4                   | 403",
            })
    void onlyAllowedAddressesMayCall(String forwarded, int status) {
        hooks.publish(null, "\"allowFrom\":[\"10.0.0.0/8\",\"203.0.113.7\",\"2001:db8::/32\"]");

        var answer = hooks.post("{}", "X-Forwarded-For", forwarded);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.code()).isEqualTo("webhook-address-refused");
        }
    }

    @Test
    void withoutAProxyTheSocketSaysWhoCalls() {
        hooks.publish(null, "\"allowFrom\":[\"127.0.0.0/8\",\"::1\"]");

        assertThat(hooks.post("{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0", "localhost", "10.0.0.0/-1", "::/129", "fe80::1%eth0", ""})
    void refusesToPublishWhatIsNoAddress(String range) {
        var problems = problems(null, "\"allowFrom\":[\"" + range + "\"]");

        assertThat(problems).contains("invalid-input", "no IP address or block");
    }

    @Test
    void pagesOfAllowedOriginsMayCallAndAskBefore() {
        hooks.secret("key", Map.of("kind", "api-key", "secret", "right-key"));
        hooks.publish("key", """
                "authentication":"api-key","cors":{"origins":["https://shop.example","http://localhost:3000"],
                "headers":["X-Trace"],"maxAge":"PT1H"}""");

        var asked = preflight("https://shop.example", "POST", "content-type, x-api-key, x-trace");
        var called = hooks.post("{}", "Origin", "https://shop.example", "X-API-Key", "right-key");

        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
        assertThat(asked.header("Access-Control-Allow-Methods")).isEqualTo("POST");
        assertThat(asked.header("Access-Control-Allow-Headers")).isEqualTo("Content-Type, X-API-Key, X-Trace");
        assertThat(asked.header("Access-Control-Max-Age")).isEqualTo("3600");
        assertThat(asked.header("Vary")).contains("Origin");
        assertThat(asked.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(called.status()).isEqualTo(200);
        assertThat(called.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
        assertThat(called.header("Access-Control-Expose-Headers")).contains("X-Cadre-Run-Id");
        assertThat(hooks.runs()).isEqualTo(1);
        var refused = hooks.post("{}", "Origin", "https://shop.example", "X-API-Key", "wrong");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Access-Control-Allow-Origin"))
                .as("the page may read why")
                .isEqualTo("https://shop.example");
        assertThat(hooks.post("{}", "X-API-Key", "right-key").status())
                .as("who sends no origin is no page")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://shop.example.evil",
                "http://shop.example",
                "https://shop.example:444",
                "null",
                "https://sub.shop.example"
            })
    void pagesOfOtherOriginsMayNot(String origin) {
        hooks.publish(null, "\"cors\":{\"origins\":[\"https://shop.example\"]}");

        var asked = preflight(origin, "POST", "content-type");
        var called = hooks.post("{}", "Origin", origin);

        assertThat(asked.status()).isEqualTo(403);
        assertThat(called.status()).isEqualTo(403);
        assertThat(called.code()).isEqualTo("webhook-origin-refused");
        assertThat(asked.header("Access-Control-Allow-Origin") + called.header("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(hooks.runs()).isZero();
    }

    @Test
    void browsersAreToldWhichMethodsAndHeadersMayNotBeSent() {
        hooks.publish(null, "\"method\":\"ANY\",\"cors\":{\"origins\":[\"*\"],\"methods\":[\"POST\",\"PUT\"]}");

        assertThat(preflight("https://any.example", "PUT", "").header("Access-Control-Allow-Origin"))
                .isEqualTo("*");
        assertThat(preflight("https://any.example", "DELETE", "").status()).isEqualTo(403);
        assertThat(preflight("https://any.example", "PUT", "x-secret").status()).isEqualTo(403);
        assertThat(hooks.runs()).isZero();
    }

    @Test
    void whereNothingIsSaidOfPagesTheirQuestionsAreRequestsLikeOthers() {
        hooks.publish(null, "\"method\":\"ANY\"");

        var asked = preflight("https://any.example", "PUT", "");

        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(hooks.runs()).isEqualTo(1);
    }

    @Test
    void theConnectionMustBeThereBeforeAVersionGoesLive() {
        assertThat(problems(null, "\"authentication\":\"basic\"")).contains("connection-missing");
        assertThat(problems("nowhere", "\"authentication\":\"basic\"")).contains("unknown-connection");
        var stranger = new Hooks(port);
        stranger.secret("theirs", Map.of("kind", "basic", "username", "eve", "secret", "password"));
        assertThat(problems("theirs", "\"authentication\":\"basic\"")).contains("unknown-connection");
        assertThat(problems(null, "\"authentication\":\"signature\"")).contains("invalid-input", "scheme");
        assertThat(problems(null, "\"signature\":{\"scheme\":\"github\",\"header\":\"X-A\"}"))
                .contains("invalid-input");
    }

    @Test
    void anotherOrganizationsConnectionOpensNothing() {
        var stranger = new Hooks(port);
        var id = stranger.secret("shared name", Map.of("kind", "api-key", "secret", "their-key"));
        hooks.secret("shared name", Map.of("kind", "api-key", "secret", "our-key"));
        hooks.publish("shared name", "\"authentication\":\"api-key\"");

        assertThat(hooks.post("{}", "X-API-Key", "their-key").status()).isEqualTo(401);
        assertThat(hooks.post("{}", "X-API-Key", "our-key").status()).isEqualTo(200);
        assertThat(problems(id, "\"authentication\":\"api-key\"")).contains("unknown-connection");
    }

    @Test
    void secretsAreNeverShown() {
        var id = hooks.secret(
                "key", Map.of("kind", "basic", "username", "ada", "secret", "hidden-1", "previous", "hidden-2"));

        var shown = hooks.user.get("/api/v1/connections/" + id);

        assertThat(shown.body()).doesNotContain("hidden");
        assertThat(shown.json().path("hasSecrets").toString()).isEqualTo("[\"previous\",\"secret\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"hmac\"} | needs a secret",
                "{\"kind\":\"basic\",\"secret\":\"abc\"} | user name",
                "{\"kind\":\"jwt-hs256\",\"secret\":\"too short\"} | 32 bytes",
                "{\"kind\":\"jwt-rs256\",\"publicKey\":\"no key\"} | PEM",
                "{\"kind\":\"hmac\",\"secret\":\"xyz!\",\"format\":\"hex\"} | hexadecimal",
                "{\"kind\":\"magic\",\"secret\":\"abc\"} | one of"
            })
    void keysThatCantCheckAnybodyAreRefused(String values, String why) {
        var refused = hooks.user.post(
                "/api/v1/connections", "{\"name\":\"k\",\"type\":\"webhook-secret\",\"values\":" + values + "}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains(why).doesNotContain("xyz!");
    }

    private Hooks.Answer preflight(String origin, String method, String headers) {
        return hooks.send(
                "OPTIONS",
                "/hooks/" + hooks.path,
                new byte[0],
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers);
    }

    private String problems(String connection, String settings) {
        var file = hooks.file(connection, settings).xml();
        var checked = hooks.user.post("/api/v1/workflows/validate", Map.of("bpmnXml", file));
        assertThat(checked.json().path("valid").asBoolean()).as(checked.body()).isFalse();
        assertThat(checked.json().path("problems").get(0).path("elementId").asString())
                .isEqualTo("start");
        return checked.body();
    }

    @Test
    void nobodyIsAskedWhereNothingIsSaid() {
        hooks.publish(null, "");

        assertThat(TestUser.nobody(port).post("/hooks/" + hooks.path, Map.of()).status())
                .isEqualTo(200);
    }
}
