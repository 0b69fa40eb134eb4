package dev.cadre.platform.connector;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The Gmail connector as the hub runs it: out of its jar, in a class loader that sees only the SPI. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class GmailJarIT {

    private static final Pattern RAW = Pattern.compile("\"raw\"\\s*:\\s*\"([^\"]+)\"");

    @RegisterExtension
    static final WireMockExtension GOOGLE =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @LocalServerPort
    int port;

    @Test
    void findsReadsAnswersAndSendsMailInARun() {
        assertThatThrownBy(() -> Class.forName("dev.cadre.connector.gmail.GmailConnector"))
                .as("on the class path of the hub")
                .isInstanceOf(ClassNotFoundException.class);
        var user = TestUser.register(port);
        var mailbox = new StubbedMailbox(GOOGLE).connect(user, port);
        assertThat(user.post("/api/v1/connections/" + mailbox + "/test", Map.of())
                        .status())
                .isEqualTo(200);
        var runs = new TestRuns(user);

        var run = runs.finished(
                Bpmn.manual()
                        .connected("find", "gmail-search", "Mailbox", "{\"query\":\"is:unread\"}")
                        .connected(
                                "read",
                                "gmail-read",
                                "Mailbox",
                                "{\"messageId\":\"{{ steps.find.messages[0].messageId }}\"}")
                        .connected("reply", "gmail-reply", "Mailbox", "{\"messageId\":\"m1\",\"text\":\"Ja, Ärger ☃\"}")
                        .connected(
                                "send",
                                "gmail-send",
                                "Mailbox",
                                "{\"to\":\"Bob Ö <bob@example.com>\",\"subject\":\"Grüße\",\"text\":\"{{ steps.read.text }}\"}")
                        .end("done", "{\"read\":\"{{ steps.read.text }}\",\"sent\":\"{{ steps.send.messageId }}\"}")
                        .flow("start", "find", "read", "reply", "send", "done"),
                Map.of());

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("succeeded");
        assertThat(run.path("output").toString()).isEqualTo("{\"read\":\"Grüße\",\"sent\":\"m2\"}");
        var sent = GOOGLE.findAll(postRequestedFor(urlPathMatching(".*/messages/send"))
                .withHeader("Authorization", equalTo("Bearer access-1")));
        assertThat(sent).hasSize(2);
        assertThat(raw(sent.get(0).getBodyAsString()))
                .contains("Subject: Re: Order 7", "In-Reply-To: <c@x>", "charset=UTF-8");
        assertThat(raw(sent.get(1).getBodyAsString())).contains("bob@example.com", "=?UTF-8?");
    }

    private static String raw(String body) {
        var raw = RAW.matcher(body);
        assertThat(raw.find()).isTrue();
        return new String(Base64.getUrlDecoder().decode(raw.group(1)), StandardCharsets.UTF_8);
    }
}
