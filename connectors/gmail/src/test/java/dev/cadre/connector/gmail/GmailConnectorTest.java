package dev.cadre.connector.gmail;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.connector.Operation;
import dev.cadre.testkit.ConnectorHarness;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GmailConnectorTest {

    private static final String SEND = "/gmail/v1/users/me/messages/send";
    private static final Pattern RAW = Pattern.compile("\"raw\"\\s*:\\s*\"([^\"]+)\"");

    @RegisterExtension
    static final WireMockExtension GMAIL =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private ConnectorHarness harness;
    private GmailConnection connection;

    @BeforeEach
    void start() throws Exception {
        harness = new ConnectorHarness(new GmailConnector()).withAccessToken("token-1");
        var stub = URI.create(GMAIL.baseUrl());
        connection = new GmailConnection("client", new Secret("s3cret"), stub, stub, stub);
        GMAIL.stubFor(post(SEND).willReturn(okJson("{\"id\":\"m2\",\"threadId\":\"t1\",\"labelIds\":[\"SENT\"]}")));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void sendsMail() throws Exception {
        var sent = call(
                GmailConnector.SEND,
                new SendMail(
                        "Ann Äx <ann@example.com>, bob@example.com",
                        "cc@example.com",
                        null,
                        "Grüße & ☃",
                        "Zeile 1\nü",
                        false));

        assertThat(sent).isEqualTo(new SendMail.Sent("m2", "t1"));
        GMAIL.verify(postRequestedFor(urlEqualTo(SEND)).withHeader("Authorization", equalTo("Bearer token-1")));
        var mail = sentMail();
        assertThat(mail.getRecipients(RecipientType.TO)).hasSize(2);
        assertThat(mail.getRecipients(RecipientType.CC)).hasSize(1);
        assertThat(mail.getSubject()).isEqualTo("Grüße & ☃");
        assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(new String(mail.getInputStream().readAllBytes(), UTF_8)).isEqualTo("Zeile 1\r\nü");
        assertThat(mail.getMessageID()).isEqualTo("<test-idempotency-key@cadre.invalid>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hi\r\nBcc: evil@example.com", "Hi\nX: y", "Hi\rX: y", "Hi\0"})
    void refusesASubjectThatAddsAHeader(String subject) {
        assertThatThrownBy(() ->
                        call(GmailConnector.SEND, new SendMail("ann@example.com", null, null, subject, "Text", false)))
                .asInstanceOf(type(Rejected.class))
                .returns("GMAIL_INVALID_HEADER", StepException::code);
        GMAIL.verify(0, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "ann@example.com\r\nBcc: evil@example.com", "<ann@", "a b@example.com"})
    void refusesWhatIsNoAddress(String to) {
        assertThatThrownBy(() -> call(GmailConnector.SEND, new SendMail(to, null, null, "Hi", "Text", false)))
                .isInstanceOf(Rejected.class);
        GMAIL.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void repliesInTheConversation() throws Exception {
        GMAIL.stubFor(get(urlPathEqualTo("/gmail/v1/users/me/messages/m1"))
                .withQueryParam("format", equalTo("metadata"))
                .willReturn(okJson("""
                        {"id":"m1","threadId":"t1","payload":{"headers":[
                          {"name":"From","value":"Ann <ann@example.com>"},{"name":"Subject","value":"Order 7"},
                          {"name":"References","value":"<a@x> <b@x>"},{"name":"Message-ID","value":"<c@x>"}]}}""")));

        call(GmailConnector.REPLY, new ReplyToMail("m1", "<b>Yes</b>", true));

        var mail = sentMail();
        assertThat(mail.getRecipients(RecipientType.TO)[0]).hasToString("Ann <ann@example.com>");
        assertThat(mail.getSubject()).isEqualTo("Re: Order 7");
        assertThat(mail.getHeader("In-Reply-To", null)).isEqualTo("<c@x>");
        assertThat(mail.getHeader("References", null).split("\\s+")).containsExactly("<a@x>", "<b@x>", "<c@x>");
        assertThat(mail.getContentType()).startsWith("text/html");
        GMAIL.verify(postRequestedFor(urlEqualTo(SEND)).withRequestBody(matchingJsonPath("$.threadId", equalTo("t1"))));
    }

    @Test
    void searches() {
        GMAIL.stubFor(get(urlPathEqualTo("/gmail/v1/users/me/messages"))
                .withQueryParam("q", equalTo("from:ann@example.com is:unread"))
                .withQueryParam("maxResults", equalTo("2"))
                .willReturn(okJson("""
                        {"messages":[{"id":"m1","threadId":"t1"},{"id":"m2","threadId":"t1"}],"nextPageToken":"p2"}""")));
        assertThat(call(GmailConnector.SEARCH, new SearchMail("from:ann@example.com is:unread", 2, null)))
                .isEqualTo(new SearchMail.Found(
                        List.of(new SearchMail.Hit("m1", "t1"), new SearchMail.Hit("m2", "t1")), "p2"));

        GMAIL.stubFor(get(urlPathEqualTo("/gmail/v1/users/me/messages"))
                .withQueryParam("pageToken", equalTo("p2"))
                .willReturn(okJson("{\"resultSizeEstimate\":0}")));
        assertThat(call(GmailConnector.SEARCH, new SearchMail("x", 2, "p2")).messages())
                .isEmpty();
    }

    @Test
    void readsTextHtmlAndWhatIsAttached() {
        var plain = Base64.getUrlEncoder().encodeToString("Grüße".getBytes(ISO_8859_1));
        var html = Base64.getUrlEncoder().withoutPadding().encodeToString("<p>☃</p>".getBytes(UTF_8));
        GMAIL.stubFor(get(urlPathEqualTo("/gmail/v1/users/me/messages/m1"))
                .withQueryParam("format", equalTo("full"))
                .willReturn(okJson("""
                        {"id":"m1","threadId":"t1","snippet":"Grüße","labelIds":["INBOX"],"payload":{
                          "mimeType":"multipart/mixed","filename":"","headers":[{"name":"from","value":"ann@example.com"},
                            {"name":"Subject","value":"Hi"}],"parts":[
                          {"mimeType":"multipart/alternative","filename":"","parts":[
                            {"mimeType":"text/plain","filename":"","body":{"data":"%s"},
                              "headers":[{"name":"Content-Type","value":"text/plain; charset=\\"iso-8859-1\\""}]},
                            {"mimeType":"text/html","filename":"","body":{"data":"%s"}}]},
                          {"mimeType":"application/pdf","filename":"bill.pdf","body":{"attachmentId":"A","size":12}}]}}""".formatted(plain, html))));

        var mail = call(GmailConnector.READ, new ReadMail("m1"));

        assertThat(mail.text()).isEqualTo("Grüße");
        assertThat(mail.html()).isEqualTo("<p>☃</p>");
        assertThat(mail.from()).isEqualTo("ann@example.com");
        assertThat(mail.cc()).isNull();
        assertThat(mail.labels()).containsExactly("INBOX");
        assertThat(mail.attachments()).containsExactly(new ReadMail.Attachment("bill.pdf", "application/pdf", 12));
    }

    @Test
    void aMessageIdCannotReachAnotherResource() {
        GMAIL.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(404)));

        assertThatThrownBy(() -> call(GmailConnector.READ, new ReadMail("../settings?x=")))
                .isInstanceOf(Rejected.class);
        assertThat(GMAIL.getAllServeEvents().getFirst().getRequest().getUrl())
                .isEqualTo("/gmail/v1/users/me/messages/..%2Fsettings%3Fx%3D?format=full");
    }

    @Test
    void failsAsGmailExplains() {
        fail(404, "notFound", "Requested entity was not found.");
        assertThatThrownBy(() -> call(GmailConnector.READ, new ReadMail("m9")))
                .asInstanceOf(type(Rejected.class))
                .returns("GMAIL_HTTP_404", StepException::code)
                .returns(
                        "The service answered with status 404: Requested entity was not found.", Throwable::getMessage);

        fail(403, "rateLimitExceeded", "Rate Limit Exceeded");
        assertThatThrownBy(() -> call(GmailConnector.READ, new ReadMail("m9")))
                .asInstanceOf(type(Retryable.class))
                .returns("GMAIL_RATE_LIMITED", StepException::code);

        fail(401, "authError", "Invalid Credentials");
        assertThatThrownBy(() -> call(GmailConnector.READ, new ReadMail("m9")))
                .asInstanceOf(type(Rejected.class))
                .returns("GMAIL_UNAUTHORIZED", StepException::code);
    }

    @Test
    void testsTheMailbox() {
        GMAIL.stubFor(get("/gmail/v1/users/me/profile")
                .willReturn(okJson("{\"emailAddress\":\"me@example.com\",\"messagesTotal\":5}")));

        assertThat(call(GmailConnector.TEST, new WhoAmI())).isEqualTo(new WhoAmI.Mailbox("me@example.com"));
    }

    private <I extends Record, O extends Record> O call(Operation<I, O> operation, I input) {
        return harness.call(operation, connection, input);
    }

    private static void fail(int status, String reason, String message) {
        GMAIL.stubFor(get(anyUrl())
                .willReturn(
                        okJson("""
                {"error":{"code":%d,"message":"%s","errors":[{"message":"%s","domain":"global","reason":"%s"}]}}""".formatted(status, message, message, reason)).withStatus(status)));
    }

    private static MimeMessage sentMail() throws Exception {
        var body = GMAIL.findAll(postRequestedFor(urlEqualTo(SEND))).getFirst().getBodyAsString();
        var raw = RAW.matcher(body);
        assertThat(raw.find()).isTrue();
        return new MimeMessage(
                (Session) null, new ByteArrayInputStream(Base64.getUrlDecoder().decode(raw.group(1))));
    }
}
