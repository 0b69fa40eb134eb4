package dev.cadre.platform.trigger;

import static dev.cadre.platform.trigger.Hooks.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.SettableClock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Signatures as GitHub, Stripe and Slack make them, and as anybody may. */
@HookTests
class SignedWebhooksIT {

    private static final long NOW = 1_700_000_000;
    private static final String STRIPE = "\"authentication\":\"signature\",\"signature\":{\"scheme\":\"stripe\"}";
    private static final String GITHUB = "\"authentication\":\"signature\",\"signature\":{\"scheme\":\"github\"}";

    @LocalServerPort
    int port;

    @Autowired
    SettableClock clock;

    Hooks hooks;

    @BeforeEach
    void start() {
        hooks = new Hooks(port);
        clock.set(NOW);
    }

    @AfterEach
    void goOn() {
        clock.reset();
    }

    /** The example of docs.github.com, "Validating webhook deliveries". */
    @Test
    void takesGitHubsExample() {
        hooks.secret("github", Map.of("kind", "hmac", "secret", "It's a Secret to Everybody"));
        hooks.publish("github", GITHUB);
        var signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

        var answer = hooks.post("Hello, World!", "Content-Type", "text/plain", "X-Hub-Signature-256", signature);

        assertThat(answer.trigger().path("body").asString()).isEqualTo("Hello, World!");
        assertThat(answer.trigger().path("headers").has("x-hub-signature-256")).isFalse();
    }

    /** The example of api.slack.com, "Verifying requests from Slack". */
    @Test
    void takesSlacksExample() {
        clock.set(1_531_420_618 + 30);
        hooks.secret("slack", Map.of("kind", "hmac", "secret", "8f742231b10e8888abcd99yyyzzz85a5"));
        hooks.publish("slack", "\"authentication\":\"signature\",\"signature\":{\"scheme\":\"slack\"}");
        var body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

        var answer = hooks.post(
                body,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "X-Slack-Request-Timestamp",
                "1531420618",
                "X-Slack-Signature",
                "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");

        assertThat(answer.trigger().path("body").path("command").asString()).isEqualTo("/webhook-collect");
    }

    /** The scheme of docs.stripe.com, "Verify webhook signatures manually"; the signature comes from openssl. */
    @Test
    void takesWhatStripeSends() {
        clock.set(1_492_774_577 + 200);
        hooks.secret("stripe", Map.of("kind", "hmac", "secret", "whsec_test_secret"));
        hooks.publish("stripe", STRIPE);

        var answer = hooks.post(
                "{\"id\":\"evt_1\",\"object\":\"event\"}",
                "Stripe-Signature",
                "t=1492774577,v1=" + "0".repeat(64)
                        + ",v1=654b43d3508ecadb3f8cefc4bc7d3d2bdc5ba9e03bf2c89b2d0657a8e24e4543,v0=" + "1".repeat(64));

        assertThat(answer.trigger().path("body").path("id").asString()).isEqualTo("evt_1");
        assertThat(answer.trigger().path("headers").has("stripe-signature")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-301, 401", "-300, 200", "0, 200", "300, 200", "301, 401"})
    void theTimeOfSigningMayBeFiveMinutesAwayInBothDirections(int seconds, int status) {
        hooks.secret("stripe", Map.of("kind", "hmac", "secret", "whsec_1234"));
        hooks.publish("stripe", STRIPE);

        assertThat(hooks.post("{}", "Stripe-Signature", stripe("whsec_1234", NOW + seconds, "{}"))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void theToleranceCanBeSet() {
        hooks.secret("own", Map.of("kind", "hmac", "secret", "0123456789"));
        hooks.publish(
                "own",
                "\"authentication\":\"signature\",\"signature\":{\"scheme\":\"stripe\",\"tolerance\":\"PT10S\"}");

        assertThat(hooks.post("{}", "Stripe-Signature", stripe("0123456789", NOW - 11, "{}"))
                        .status())
                .isEqualTo(401);
        assertThat(hooks.post("{}", "Stripe-Signature", stripe("0123456789", NOW - 10, "{}"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256=zz",
                "sha256=1234",
                "sha1=7571",
                "SHA256",
                "7571",
                "sha256=dXEH6g6yUJ/CESIczphLijdXC21lSGwixG9Dechfjwk=",
                "sha256=0000000000000000000000000000000000000000000000000000000000000000",
                ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,"
            })
    void refusesWhatIsNoSignature(String signature) {
        hooks.secret("github", Map.of("kind", "hmac", "secret", "0123456789"));
        hooks.publish("github", GITHUB);

        var answer = hooks.post("{}", "X-Hub-Signature-256", signature);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("webhook-unauthenticated");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(hooks.runs()).isZero();
    }

    @Test
    void saysTheSameWhateverIsWrong() {
        hooks.secret("stripe", Map.of("kind", "hmac", "secret", "0123456789"));
        hooks.publish("stripe", STRIPE);

        var missing = hooks.post("{}");
        var stale = hooks.post("{}", "Stripe-Signature", stripe("0123456789", NOW - 4_000, "{}"));
        var wrong = hooks.post("{}", "Stripe-Signature", stripe("9876543210", NOW, "{}"));
        var changed = hooks.post("{ }", "Stripe-Signature", stripe("0123456789", NOW, "{}"));
        var timeless = hooks.post("{}", "Stripe-Signature", "t=never,v1=" + hex("0123456789", "never.{}"));

        assertThat(java.util.stream.Stream.of(missing, stale, wrong, changed, timeless)
                        .map(answer -> answer.status()
                                + answer.json().path("detail").asString()
                                + answer.header("WWW-Authenticate")))
                .containsOnly(
                        "401The request does not prove that it comes from somebody who may call this webhook.Signature");
    }

    @Test
    void customSchemesSayWhereWhatAndHow() {
        var key = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, (byte) 200, (byte) 255});
        hooks.secret("own", Map.of("kind", "hmac", "secret", key, "format", "base64"));
        hooks.publish("own", """
                "authentication":"signature","signature":{"scheme":"custom","header":"X-Sign","prefix":"sig:",
                "encoding":"base64","payload":"begin {body}|{timestamp} end","timestampHeader":"X-Time"}""");
        var payload = ("begin {\"a\":1}|" + NOW * 1000 + " end").getBytes(StandardCharsets.UTF_8);
        var signature =
                Base64.getEncoder().encodeToString(Hooks.mac(Base64.getDecoder().decode(key), payload));

        var right = hooks.post("{\"a\":1}", "X-Sign", "sig:" + signature, "X-Time", "" + NOW * 1000);
        var later = hooks.post("{\"a\":1}", "X-Sign", "sig:" + signature, "X-Time", "" + (NOW * 1000 + 1));

        assertThat(right.trigger().path("body").path("a").asInt()).isEqualTo(1);
        assertThat(right.trigger().path("headers").path("x-time").asString()).isEqualTo("" + NOW * 1000);
        assertThat(right.trigger().path("headers").has("x-sign")).isFalse();
        assertThat(later.status()).isEqualTo(401);
    }

    @Test
    void signsTheBytesAsTheyCame() {
        hooks.secret("github", Map.of("kind", "hmac", "secret", "0123456789"));
        hooks.publish("github", GITHUB);
        var spaced = "{ \"a\" :\t1 ,\r\n\"b\":\"\u00e4\" }";
        var large = "\"" + "x".repeat(1024 * 1024 - 2) + "\"";

        for (var body : new String[] {"", spaced, large}) {
            var answer = hooks.post(body, "X-Hub-Signature-256", "sha256=" + hex("0123456789", body));
            assertThat(answer.status()).as("%d bytes", body.length()).isEqualTo(200);
        }
        var tooLarge = large + " ";
        assertThat(hooks.post(tooLarge, "X-Hub-Signature-256", "sha256=" + hex("0123456789", tooLarge))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aRequestCountsOnceWithinItsTime() {
        hooks.secret("stripe", Map.of("kind", "hmac", "secret", "0123456789"));
        hooks.publish("stripe", STRIPE);
        var signature = stripe("0123456789", NOW, "{}");

        assertThat(hooks.post("{}", "Stripe-Signature", signature).status()).isEqualTo(200);
        var again = hooks.post(
                "{}",
                "Stripe-Signature",
                signature.toUpperCase().replace("T=", "t=").replace("V1=", "v1="));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("webhook-replayed");
        assertThat(hooks.runs()).isEqualTo(1);
        assertThat(hooks.post("{}", "Stripe-Signature", stripe("0123456789", NOW + 1, "{}"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void repeatsAreLetInWhereTheTriggerSaysSo() {
        hooks.secret("github", Map.of("kind", "hmac", "secret", "0123456789"));
        hooks.publish(
                "github",
                "\"authentication\":\"signature\",\"signature\":{\"scheme\":\"github\",\"refuseRepeats\":false}");
        var signature = "sha256=" + hex("0123456789", "{}");

        assertThat(hooks.post("{}", "X-Hub-Signature-256", signature).status()).isEqualTo(200);
        assertThat(hooks.post("{}", "X-Hub-Signature-256", signature).status()).isEqualTo(200);
    }

    @Test
    void aRequestThatStartsNothingIsNotUsedUp() {
        hooks.secret("github", Map.of("kind", "hmac", "secret", "0123456789"));
        hooks.publish("github", GITHUB);
        var signature = "sha256=" + hex("0123456789", "{no json");

        for (int i = 0; i < 3; i++) {
            assertThat(hooks.post("{no json", "X-Hub-Signature-256", signature).code())
                    .isEqualTo("webhook-body-not-json");
        }
        assertThat(hooks.post("{no json", "X-Hub-Signature-256", signature, "Content-Type", "text/plain")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aChangedSecretCountsWithoutPublishingAndThePreviousOneAsLongAsItIsThere() {
        var id = hooks.secret("github", Map.of("kind", "hmac", "secret", "first secret"));
        hooks.publish("github", GITHUB);
        assertThat(signed("first secret", "1").status()).isEqualTo(200);

        change(id, Map.of("kind", "hmac", "secret", "second secret", "previous", "first secret"));
        await().untilAsserted(() -> assertThat(
                        signed("second secret", "2" + System.nanoTime()).status())
                .isEqualTo(200));
        assertThat(signed("first secret", "3").status()).isEqualTo(200);

        change(id, Map.of("kind", "hmac", "previous", ""));
        await().untilAsserted(() -> assertThat(
                        signed("first secret", "4" + System.nanoTime()).status())
                .isEqualTo(401));
        assertThat(signed("second secret", "5").status()).isEqualTo(200);
    }

    @Test
    void withoutItsConnectionAWebhookIsShutAndSendersAreToldToComeAgain() {
        var id = hooks.secret("github", Map.of("kind", "hmac", "secret", "first secret"));
        hooks.publish("github", GITHUB);
        assertThat(signed("first secret", "1").status()).isEqualTo(200);

        assertThat(hooks.user.delete("/api/v1/connections/" + id).status()).isEqualTo(204);

        await().untilAsserted(() -> assertThat(
                        signed("first secret", "2" + System.nanoTime()).status())
                .isEqualTo(503));
        var answer = signed("first secret", "2" + System.nanoTime());
        assertThat(answer.code()).isEqualTo("webhook-not-ready");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        hooks.secret("github", Map.of("kind", "hmac", "secret", "first secret"));
        await().untilAsserted(() -> assertThat(
                        signed("first secret", "2" + System.nanoTime()).status())
                .isEqualTo(200));
    }

    @Test
    void aKeyOfAnotherKindShutsItToo() {
        hooks.secret("key", Map.of("kind", "api-key", "secret", "first secret"));
        var workflow = hooks.create(hooks.file("key", GITHUB));
        var refused = hooks.user.post("/api/v1/workflows/" + workflow + "/publish", Map.of());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("connection-unfit", "a signature (hmac)");

        var id = hooks.secret("github", Map.of("kind", "hmac", "secret", "first secret"));
        hooks.publish("github", GITHUB);
        change(id, Map.of("kind", "api-key", "secret", "first secret"));
        await().untilAsserted(() -> assertThat(
                        signed("first secret", "1" + System.nanoTime()).status())
                .isEqualTo(503));
    }

    @Test
    void theDraftIsAsGuardedAsTheVersionThatIsLive() {
        hooks.secret("github", Map.of("kind", "hmac", "secret", "0123456789"));
        var id = hooks.publish("github", GITHUB);
        assertThat(hooks.user
                        .post("/api/v1/workflows/" + id + "/listen", Map.of())
                        .status())
                .isEqualTo(200);
        var signature = "sha256=" + hex("0123456789", "{}");

        assertThat(test("X-Nothing", "").status()).isEqualTo(401);
        assertThat(test("X-Hub-Signature-256", signature).status()).isEqualTo(200);
        assertThat(test("X-Hub-Signature-256", signature).status()).isEqualTo(409);
        assertThat(hooks.post("{}", "X-Hub-Signature-256", signature).status())
                .as("trying the draft does not use the request up")
                .isEqualTo(200);
    }

    private Hooks.Answer test(String header, String value) {
        return hooks.send("POST", "/hooks-test/" + hooks.path, "{}".getBytes(StandardCharsets.UTF_8), header, value);
    }

    private Hooks.Answer signed(String secret, String body) {
        return hooks.post(body, "X-Hub-Signature-256", "sha256=" + hex(secret, body));
    }

    private void change(String id, Map<String, Object> values) {
        var changed = hooks.user.put("/api/v1/connections/" + id, Map.of("name", "github", "values", values));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    private static String stripe(String secret, long time, String body) {
        return "t=" + time + ",v1=" + hex(secret, time + "." + body);
    }
}
