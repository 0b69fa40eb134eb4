package dev.cadre.platform.identity.internal.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** What is known of a provider that is slow or away. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class IdentityProvidersIT {

    @Autowired
    GuardedSender sender;

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private HttpServer server;
    private String issuer;
    private IdentityProviders providers;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/.well-known/openid-configuration", exchange -> {
            asked.incrementAndGet();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            var body = """
                    {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                     "jwks_uri":"%1$s/keys","end_session_endpoint":"%1$s/end","response_types_supported":["code"],
                     "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}""".formatted(issuer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        providers = new IdentityProviders(sender);
    }

    @AfterEach
    void stop() {
        held.countDown();
        server.stop(0);
    }

    /** The one question goes on: were it waited for, or given up, there would be a second one. */
    @Test
    void letsNobodyWaitWhoSignsOut() {
        assertThatThrownBy(() -> providers.endSession(issuer)).isInstanceOf(SsoException.class);
        held.countDown();

        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(providers.endSession(issuer)).contains(URI.create(issuer + "/end")));

        assertThat(asked).hasValue(1);
    }

    @Test
    void remembersWherePeopleSignOutOfAProviderThatIsAway() {
        held.countDown();
        providers.of(issuer);
        server.stop(0);
        assertThat(providers.endSession(issuer)).contains(URI.create(issuer + "/end"));
    }
}
