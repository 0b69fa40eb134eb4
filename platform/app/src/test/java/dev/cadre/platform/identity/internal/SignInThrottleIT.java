package dev.cadre.platform.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What is counted, and for whom. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SignInThrottleIT {

    @LocalServerPort
    int port;

    @Autowired
    SignInThrottle throttle;

    @Autowired
    SignIn signIn;

    @Autowired
    Accounts accounts;

    @Autowired
    SecondFactor secondFactor;

    @Autowired
    KnownDevices devices;

    @Autowired
    Users users;

    @Autowired
    Sweeping sweeping;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transactions;

    @Test
    void whoeverWasToldOfManyTakenAddressesWaitsWhateverComesNext() {
        var curious = somewhere();
        for (int told = 0; told < 20; told++) {
            throttle.mayRegister(curious);
            throttle.taken(curious);
        }

        assertRefused(() -> throttle.mayRegister(curious));
        assertThatCode(() -> throttle.mayRegister(somewhere())).doesNotThrowAnyException();
    }

    @Test
    void whoeverAsksForManyLinksWaitsWhateverTheAddress() {
        var busy = somewhere();
        for (int asked = 0; asked < 20; asked++) {
            accounts.forgotPassword("nobody-" + asked + "@example.com", busy);
        }

        assertRefused(() -> accounts.forgotPassword("somebody@example.com", busy));
        assertThatCode(() -> accounts.forgotPassword("somebody@example.com", somewhere()))
                .doesNotThrowAnyException();
    }

    @Test
    void theBrowserThatSomebodySignedUpInIsKnown() {
        var nobody = TestUser.nobody(port);
        var email = "new-" + UUID.randomUUID() + "@example.com";
        var credentials = Map.of("email", email, "password", TestUser.PASSWORD, "name", "Grace");
        var device = nobody.post("/auth/register", credentials).response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("cadre_device="))
                .findFirst()
                .orElseThrow()
                .replaceFirst(";.*", "");
        for (int guess = 0; guess < 5; guess++) {
            nobody.post("/auth/login", Map.of("email", email, "password", "guess number " + guess));
        }

        assertThat(nobody.post("/auth/login", credentials).status()).isEqualTo(429);
        assertThat(nobody.post("/auth/login", credentials, "Cookie", device).status())
                .isEqualTo(200);
    }

    @Test
    void whoKnowsThePasswordOnlyDoesNotUseUpTheOwnersTries() {
        var user = signedUp();
        var secret = bytes(secondFactor.enrol(user).secret());
        long step = Totp.step(Instant.now().getEpochSecond());
        var recoveryCodes = secondFactor.confirm(user.id(), Totp.code(secret, step));
        var own = new Client("home-" + UUID.randomUUID(), null, devices.remember(user.id(), null));
        for (int guess = 0; guess < 5; guess++) {
            assertThatThrownBy(() -> logIn(user, "000000", somewhere()))
                    .hasFieldOrPropertyWithValue("code", "wrong-code");
        }

        assertRefused(() -> logIn(user, "000000", somewhere()));
        assertThatCode(() -> logIn(user, recoveryCodes.get(0), own)).doesNotThrowAnyException();

        for (int guess = 0; guess < 5; guess++) {
            assertThatThrownBy(() -> logIn(user, "000000", own)).hasFieldOrPropertyWithValue("code", "wrong-code");
        }
        assertRefused(() -> logIn(user, recoveryCodes.get(1), own));
    }

    @Test
    void aStolenSignInUsesUpItsOwnTriesOfThePasswordOnly() {
        var owner = TestUser.register(port);
        var signedIn = TestUser.nobody(port)
                .post("/auth/login", Map.of("email", owner.email(), "password", TestUser.PASSWORD));
        var stolen = owner.withToken(signedIn.json().path("accessToken").asString());
        for (int guess = 0; guess < 5; guess++) {
            assertThat(stolen.post("/api/v1/me/totp", Map.of("password", "guess " + guess))
                            .status())
                    .isEqualTo(422);
        }

        assertThat(stolen.post("/api/v1/me/totp", Map.of("password", TestUser.PASSWORD))
                        .status())
                .isEqualTo(429);
        assertThat(stolen.post(
                                "/api/v1/me/email",
                                Map.of("email", UUID.randomUUID() + "@example.com", "password", TestUser.PASSWORD))
                        .status())
                .as("the tries of all dangerous operations together")
                .isEqualTo(429);
        assertThat(owner.post("/api/v1/me/totp", Map.of("password", TestUser.PASSWORD))
                        .status())
                .as("the owner's other sign-in")
                .isEqualTo(200);
        assertThat(TestUser.nobody(port)
                        .post("/auth/login", Map.of("email", owner.email(), "password", TestUser.PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void signingInWaitsForNobodysOldAttempts() {
        var user = signedUp();
        var old = Tokens.hash("old " + UUID.randomUUID());
        jdbc.sql("insert into sign_in_attempt (key, count, last_at) values (?, 3, now() - interval '2 hours')")
                .param(old)
                .update();

        transactions.executeWithoutResult(status -> {
            jdbc.sql("select 1 from sign_in_attempt where key = ? for update")
                    .param(old)
                    .query(Integer.class)
                    .single();
            // over HTTP, so that it has a connection of its own; it would wait for the row until it is refused
            var answer = TestUser.nobody(port)
                    .post("/auth/login", Map.of("email", user.email(), "password", TestUser.PASSWORD));
            assertThat(answer.status()).isEqualTo(200);
        });
        sweeping.sweep();

        assertThat(jdbc.sql("select count(*) from sign_in_attempt where key = ?")
                        .param(old)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private SignIn.SignedIn logIn(User user, String code, Client client) {
        return signIn.logIn(user.email(), TestUser.PASSWORD, code, client);
    }

    private User signedUp() {
        return users.find(TestUser.register(port).email()).orElseThrow();
    }

    private static Client somewhere() {
        return new Client("somewhere-" + UUID.randomUUID(), null, null);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IdentityException.class)
                .hasFieldOrPropertyWithValue("code", "too-many-attempts");
    }

    private static byte[] bytes(String base32) {
        var bits = new StringBuilder();
        base32.chars()
                .forEach(letter -> bits.append("%5s"
                        .formatted(Integer.toBinaryString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)))
                        .replace(' ', '0')));
        var bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }
}
