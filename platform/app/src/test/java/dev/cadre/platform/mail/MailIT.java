package dev.cadre.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Real messages to a real SMTP server. */
class MailIT {

    @Test
    void sendsWhatCommitsOnceFromTwoNodesAndNothingThatIsRolledBack() throws Exception {
        var smtp = server(0);
        var database = TestDatabase.emptyDatabase();
        try (var one = hub(database, smtp.getSmtp().getPort());
                var two = hub(database, smtp.getSmtp().getPort())) {
            one.bean(TransactionOperations.class).executeWithoutResult(status -> {
                one.bean(Mail.class).send("lost@example.com", "Never", "Never");
                status.setRollbackOnly();
            });
            IntStream.range(0, 20)
                    .forEach(i -> (i % 2 == 0 ? one : two)
                            .bean(Mail.class)
                            .send("ann@example.com", "Grüße " + i + "\r\nBcc: eve@example.com", "Text " + i));

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(states(one)).isEqualTo(Map.of("sent", 20L)));

            var received = smtp.getReceivedMessages();
            assertThat(received).hasSize(20);
            for (var message : received) {
                assertThat(message.getAllRecipients()).hasSize(1);
                assertThat(message.getHeader("Bcc")).isNull();
                assertThat(message.getSubject()).startsWith("Grüße ").endsWith(" Bcc: eve@example.com");
                assertThat(message.getFrom()[0]).hasToString("hub@example.com");
            }
            assertThat(Stream.of(received).map(MailIT::id)).doesNotHaveDuplicates();
            assertThat(one.bean(JdbcClient.class)
                            .sql("select count(*) from mail_message where text is not null")
                            .query(Long.class)
                            .single())
                    .as("texts of sent messages")
                    .isZero();
        } finally {
            smtp.stop();
        }
    }

    @Test
    void keepsAMessageWhileTheServerIsAwayAndOverARestart() throws Exception {
        int port = freePort();
        var database = TestDatabase.emptyDatabase();
        try (var hub = hub(database, port)) {
            hub.bean(Mail.class).send("ann@example.com", "Hello", "Text");
            await().untilAsserted(() -> assertThat(hub.bean(JdbcClient.class)
                            .sql("select attempts from mail_message")
                            .query(Integer.class)
                            .single())
                    .isPositive());
            assertThat(states(hub)).isEqualTo(Map.of("waiting", 1L));
        }
        var smtp = server(port);
        try (var hub = hub(database, port)) {
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(smtp.getReceivedMessages()).hasSize(1));
            await().untilAsserted(() -> assertThat(states(hub)).isEqualTo(Map.of("sent", 1L)));
        } finally {
            smtp.stop();
        }
    }

    @Test
    void keepsMessagesInTheOutboxWithoutAServer() {
        try (var hub = TestHub.start(TestDatabase.emptyDatabase())) {
            hub.bean(Mail.class).send("ann@example.com", "First", "secret link");
            hub.bean(Mail.class).send("ann@example.com", "Second", "Text");

            var waiting = hub.bean(Mail.class).waiting(Optional.empty(), 10);

            assertThat(waiting).extracting(OutboxMessage::subject).containsExactly("Second", "First");
            assertThat(hub.bean(Mail.class)
                            .waiting(Optional.of(waiting.getFirst().id()), 10))
                    .extracting(OutboxMessage::text)
                    .containsExactly("secret link");
            assertThat(hub.bean(JdbcClient.class)
                            .sql("select text from mail_message")
                            .query((row, _) -> new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                            .list())
                    .as("texts in the database are encrypted")
                    .noneMatch(text -> text.contains("secret link"));
        }
    }

    private static TestHub hub(Map<String, String> database, int port) {
        return TestHub.start(database, "cadre.smtp-url=smtp://127.0.0.1:" + port + "?from=hub@example.com");
    }

    private static GreenMail server(int port) {
        var setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort();
        var mail = new GreenMail(port == 0 ? setup : new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        return mail;
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, Long> states(TestHub hub) {
        var states = new java.util.HashMap<String, Long>();
        hub.bean(JdbcClient.class)
                .sql("select state, count(*) from mail_message group by state")
                .query(row -> {
                    states.put(row.getString(1), row.getLong(2));
                });
        return states;
    }

    private static String id(jakarta.mail.Message message) {
        try {
            return message.getHeader("Message-ID")[0];
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
