package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts over HTTP, with a real mail server. */
class AccountIT {

    private static final String NEW = "purple elevator seventeen";
    private static final Pattern LINK = Pattern.compile("#([A-Za-z0-9_-]{43})");
    private static GreenMail smtp;
    private static TestHub hub;

    @BeforeAll
    static void start() {
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        smtp.start();
        hub = TestHub.start(
                TestDatabase.emptyDatabase(),
                "cadre.smtp-url=smtp://127.0.0.1:" + smtp.getSmtp().getPort() + "?from=hub@example.com");
    }

    @AfterAll
    static void stop() {
        hub.close();
        smtp.stop();
    }

    @Test
    void provesAnAddressOnce() {
        var ada = TestUser.register(hub.port());
        assertThat(ada.get("/api/v1/me").json().path("emailVerified").asBoolean())
                .isFalse();
        var token = token(ada.email(), "Confirm your e-mail address");

        assertThat(nobody("/auth/verify-email", Map.of("token", token)).status())
                .isEqualTo(204);

        assertThat(ada.get("/api/v1/me").json().path("emailVerified").asBoolean())
                .isTrue();
        assertThat(TestAudit.actions(ada, "user")).contains("user.email-verified");
        assertCode(nobody("/auth/verify-email", Map.of("token", token)), 422, "link-invalid");
        assertCode(nobody("/auth/password/reset", Map.of("token", token, "password", NEW)), 422, "link-invalid");
    }

    @Test
    void setsAForgottenPasswordOnceAndEndsAllSignIns() {
        var ada = TestUser.register(hub.port());
        assertThat(forgot(ada.email().toUpperCase()).status()).isEqualTo(202);
        var unknown = forgot("unknown-" + ada.email());
        assertThat(unknown.status()).isEqualTo(202);
        assertThat(unknown.body()).isEmpty();
        var token = token(ada.email(), "Set a new password");

        assertCode(
                nobody("/auth/password/reset", Map.of("token", token, "password", "password123")),
                422,
                "invalid-input");
        assertThat(nobody("/auth/password/reset", Map.of("token", token, "password", NEW))
                        .status())
                .isEqualTo(204);

        assertCode(nobody("/auth/password/reset", Map.of("token", token, "password", NEW)), 422, "link-invalid");
        assertThat(ada.get("/api/v1/me").status()).as("old sign-in").isEqualTo(401);
        assertThat(logIn(ada.email(), TestUser.PASSWORD).status()).isEqualTo(401);
        var again = logIn(ada.email(), NEW);
        assertThat(again.status()).isEqualTo(200);
        assertThat(TestAudit.actions(
                        ada.withToken(again.json().path("accessToken").asString()), "user"))
                .containsExactly(
                        "user.signed-in",
                        "user.sign-in-failed",
                        "user.password-reset",
                        "user.password-reset-requested",
                        "user.registered");
        token(ada.email(), "Your password was changed", false);
        assertThat(mail("unknown-" + ada.email(), "Set a new password")).isEmpty();
    }

    @Test
    void changesThePasswordAndEndsOtherSignInsOnly() {
        var ada = TestUser.register(hub.port());
        var other = ada.withToken(
                logIn(ada.email(), TestUser.PASSWORD).json().path("accessToken").asString());

        var wrong = ada.post("/api/v1/me/password", Map.of("currentPassword", "wrong", "password", NEW));
        assertThat(wrong.json().at("/violations/0/pointer").asString()).isEqualTo("/currentPassword");
        assertThat(ada.post("/api/v1/me/password", Map.of("currentPassword", TestUser.PASSWORD, "password", NEW))
                        .status())
                .isEqualTo(204);

        assertThat(other.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(ada.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void movesTheAccountToAnAddressThatIsConfirmedAndTellsTheOldOne() {
        var ada = TestUser.register(hub.port());
        var bob = TestUser.register(hub.port());
        var address = "new-" + ada.email();
        assertThat(changeEmail(ada, bob.email()).status())
                .as("taken, and the answer does not tell")
                .isEqualTo(202);
        assertThat(changeEmail(ada, address).status()).isEqualTo(202);
        assertThat(ada.get("/api/v1/me").json().at("/user/email").asString()).isEqualTo(ada.email());

        nobody("/auth/verify-email", Map.of("token", token(address, "Confirm your new e-mail address")));

        assertThat(ada.get("/api/v1/me").json().at("/user/email").asString()).isEqualTo(address);
        token(ada.email(), "Your e-mail address was changed", false);
    }

    @Test
    void whoeverSignedUpFirstKeepsNothingOfAnAddressThatIsProvenBySomebodyElse() {
        var squatter = TestUser.register(hub.port());
        var elsewhere = "elsewhere-" + squatter.email();
        assertThat(changeEmail(squatter, elsewhere).status()).isEqualTo(202);
        var link = token(elsewhere, "Confirm your new e-mail address");
        var secret = squatter.post("/api/v1/me/totp", Map.of("password", TestUser.PASSWORD))
                .json()
                .path("secret")
                .asString();
        long now = Instant.now().getEpochSecond() / 30;
        assertThat(squatter.post("/api/v1/me/totp/confirm", Map.of("code", code(secret, now)))
                        .status())
                .isEqualTo(200);

        var left = squatter.post("/api/v1/api-keys", Map.of("name", "Left", "scopes", List.of("workflow:read")));
        var key = left.json().path("key").asString();
        assertThat(squatter.withToken(key).get("/api/v1/workflows").status()).isEqualTo(200);

        forgot(squatter.email());
        nobody("/auth/password/reset", Map.of("token", token(squatter.email(), "Set a new password"), "password", NEW));

        assertThat(squatter.withToken(key).get("/api/v1/workflows").status()).isEqualTo(401);
        assertCode(nobody("/auth/verify-email", Map.of("token", link)), 422, "link-invalid");
        var owner = logIn(squatter.email(), NEW);
        assertThat(owner.status()).as("no code of the squatter's is asked for").isEqualTo(200);
        assertThat(squatter.withToken(owner.json().path("accessToken").asString())
                        .get("/api/v1/audit-events?action=api-key.revoked")
                        .body())
                .contains("\"Left\"");
    }

    @Test
    void anOwnerWhoProvesTheAddressNeedNotWait() {
        var ada = TestUser.register(hub.port());
        for (int i = 0; i < 6; i++) {
            logIn(ada.email(), "guess number " + i);
        }
        assertCode(logIn(ada.email(), TestUser.PASSWORD), 429, "too-many-attempts");

        forgot(ada.email());
        nobody("/auth/password/reset", Map.of("token", token(ada.email(), "Set a new password"), "password", NEW));

        assertThat(logIn(ada.email(), NEW).status()).isEqualTo(200);
    }

    @Test
    void listsAndEndsSignIns() {
        var ada = TestUser.register(hub.port());
        var other = ada.withToken(
                logIn(ada.email(), TestUser.PASSWORD).json().path("accessToken").asString());
        var eve = TestUser.register(hub.port());
        var sessions = ada.get("/api/v1/me/sessions").json().path("items");
        assertThat(sessions.size()).isEqualTo(2);
        var foreign = sessions.valueStream()
                .filter(session -> !session.path("current").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();

        assertCode(eve.delete("/api/v1/me/sessions/" + foreign), 404, "session-not-found");
        assertThat(other.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(ada.delete("/api/v1/me/sessions/" + foreign).status()).isEqualTo(204);

        assertThat(other.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(ada.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void asksForASecondFactorWhoseCodesWorkOnce() {
        var ada = TestUser.register(hub.port());
        var secret = ada.post("/api/v1/me/totp", Map.of("password", TestUser.PASSWORD))
                .json()
                .path("secret")
                .asString();
        var before = logIn(ada.email(), TestUser.PASSWORD);
        assertThat(before.status()).as("not confirmed yet").isEqualTo(200);
        long now = Instant.now().getEpochSecond() / 30;
        var codes = ada.post("/api/v1/me/totp/confirm", Map.of("code", code(secret, now - 1)))
                .json()
                .path("recoveryCodes");
        assertThat(codes.size()).isEqualTo(10);
        assertThat(ada.withToken(before.json().path("accessToken").asString())
                        .get("/api/v1/me")
                        .status())
                .as("a sign-in without a code")
                .isEqualTo(401);
        assertThat(codes.get(0).asString()).as("140 bits").matches("([a-z2-7]{4}-){6}[a-z2-7]{4}");

        assertCode(logIn(ada.email(), TestUser.PASSWORD), 401, "mfa-required");
        assertCode(logIn(ada.email(), TestUser.PASSWORD, code(secret, now - 1)), 422, "wrong-code");
        assertThat(logIn(ada.email(), TestUser.PASSWORD, code(secret, now)).status())
                .isEqualTo(200);
        assertCode(logIn(ada.email(), TestUser.PASSWORD, code(secret, now)), 422, "wrong-code");
        var recovery = codes.get(0).asString();
        assertThat(logIn(ada.email(), TestUser.PASSWORD, recovery.toUpperCase()).status())
                .isEqualTo(200);
        assertCode(logIn(ada.email(), TestUser.PASSWORD, recovery), 422, "wrong-code");
        assertThat(ada.get("/api/v1/me/totp").json().path("recoveryCodesLeft").asInt())
                .isEqualTo(9);
        assertThat(ada.get("/api/v1/audit-events?action=user.signed-in").body())
                .contains("\"by\":\"password\"", "\"by\":\"password and second factor\"");

        assertThat(ada.post("/api/v1/me/totp/disable", Map.of("password", TestUser.PASSWORD))
                        .status())
                .isEqualTo(204);
        assertThat(logIn(ada.email(), TestUser.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aKnownBrowserGetsInWhileOthersGuess() {
        var ada = TestUser.register(hub.port());
        var device = logIn(ada.email(), TestUser.PASSWORD).response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("cadre_device="))
                .findFirst()
                .orElseThrow()
                .replaceFirst(";.*", "");
        for (int i = 0; i < 6; i++) {
            logIn(ada.email(), "guess number " + i);
        }
        assertCode(logIn(ada.email(), TestUser.PASSWORD), 429, "too-many-attempts");

        var body = Map.of("email", ada.email(), "password", TestUser.PASSWORD);
        assertThat(TestUser.nobody(hub.port())
                        .post("/auth/login", body, "Cookie", device)
                        .status())
                .isEqualTo(200);
        assertCode(
                TestUser.nobody(hub.port()).post("/auth/login", body, "Cookie", "cadre_device=forged"),
                429,
                "too-many-attempts");
    }

    @Test
    void takesNoUnicodeForAsciiAndNoFieldsThatAreNotAsked() {
        var ada = TestUser.register(hub.port());
        var body = Map.of("email", "\u212Aate@example.com", "password", NEW, "name", "Kate");
        assertCode(nobody("/auth/register", body), 422, "invalid-input");
        var full = "\uFF41" + ada.email().substring(1);
        assertThat(logIn(full, TestUser.PASSWORD).status()).isEqualTo(401);

        ada.patch("/api/v1/me", Map.of("name", "Ada L.", "email", "x@example.com", "emailVerified", true));
        var me = ada.get("/api/v1/me").json();
        assertThat(me.at("/user/email").asString()).isEqualTo(ada.email());
        assertThat(me.path("emailVerified").asBoolean()).isFalse();
        assertThat(ada.get("/api/v1/outbox").status()).as("messages leave").isEqualTo(404);
    }

    @Test
    void whereMailLeavesAnAccountIsInvitedToo() {
        var ada = TestUser.register(hub.port());
        var bob = TestUser.register(hub.port());
        var invitation = Map.of("email", bob.email(), "role", "member");
        assertCode(ada.post("/api/v1/organizations/members", invitation), 403, "owner-unproven");
        nobody("/auth/verify-email", Map.of("token", token(ada.email(), "Confirm your e-mail address")));
        var known = ada.post("/api/v1/organizations/members", invitation);
        var unknown =
                ada.post("/api/v1/organizations/members", Map.of("email", "not-" + bob.email(), "role", "member"));
        assertThat(known.json().path("status").asString()).isEqualTo("invited");
        assertThat(known.json().propertyNames()).isEqualTo(unknown.json().propertyNames());
        assertThat(bob.get("/api/v1/organizations").json().path("items").size()).isEqualTo(1);

        var link = token(bob.email(), "You are invited to Analytical Engines");
        assertThat(bob.post("/api/v1/organizations/invitations/accept", Map.of("token", link))
                        .status())
                .isEqualTo(200);
        assertThat(bob.get("/api/v1/organizations").json().path("items").size()).isEqualTo(2);
    }

    @Test
    void theOutboxIsTheFirstOwnersOnly() {
        try (var plain = TestHub.start(TestDatabase.emptyDatabase())) {
            var first = TestUser.register(plain.port());
            var admin = first.colleague("admin");
            var owner = first.colleague("owner");

            var outbox = first.get("/api/v1/outbox");
            assertThat(outbox.json().path("items").size()).isEqualTo(3);
            assertThat(outbox.body()).contains("/verify-email#");
            assertThat(first.get("/api/v1/me").json().path("outbox").asBoolean())
                    .isTrue();
            assertThat(admin.get("/api/v1/outbox").status()).isEqualTo(404);
            assertThat(owner.get("/api/v1/outbox").status()).isEqualTo(404);
        }
    }

    private static void assertCode(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }

    private static Answer nobody(String path, Object body) {
        return TestUser.nobody(hub.port()).post(path, body);
    }

    private static Answer forgot(String email) {
        return nobody("/auth/password/forgot", Map.of("email", email));
    }

    private static Answer changeEmail(TestUser user, String email) {
        return user.post("/api/v1/me/email", Map.of("email", email, "password", TestUser.PASSWORD));
    }

    private static Answer logIn(String email, String password) {
        return nobody("/auth/login", Map.of("email", email, "password", password));
    }

    private static Answer logIn(String email, String password, String code) {
        return nobody("/auth/login", Map.of("email", email, "password", password, "code", code));
    }

    private static String token(String to, String subject) {
        return token(to, subject, true);
    }

    private static String token(String to, String subject, boolean withLink) {
        await().atMost(Duration.ofSeconds(30)).until(() -> mail(to, subject).isPresent());
        var matcher = LINK.matcher(mail(to, subject).orElseThrow());
        assertThat(matcher.find()).isEqualTo(withLink);
        return withLink ? matcher.group(1) : "";
    }

    private static Optional<String> mail(String to, String subject) {
        return Arrays.stream(smtp.getReceivedMessages())
                .filter(message -> {
                    try {
                        return message.getAllRecipients()[0].toString().equals(to)
                                && message.getSubject().equals(subject);
                    } catch (jakarta.mail.MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .map(message -> {
                    try {
                        return String.valueOf(message.getContent());
                    } catch (java.io.IOException | jakarta.mail.MessagingException e) {
                        return GreenMailUtil.getBody(message);
                    }
                })
                .findFirst();
    }

    private static String code(String base32, long step) {
        var bits = new StringBuilder();
        base32.chars()
                .forEach(letter -> bits.append("%5s"
                        .formatted(Integer.toBinaryString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)))
                        .replace(' ', '0')));
        var key = new byte[bits.length() / 8];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & Integer.MAX_VALUE;
            return "%06d".formatted(number % 1_000_000);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
