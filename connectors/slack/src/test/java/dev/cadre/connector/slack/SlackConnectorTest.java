package dev.cadre.connector.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.testkit.ConnectorHarness;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlackConnectorTest {

    @RegisterExtension
    static final WireMockExtension SLACK =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private ConnectorHarness harness;
    private SlackConnection connection;

    @BeforeEach
    void start() throws Exception {
        harness = new ConnectorHarness(new SlackConnector());
        connection = new SlackConnection(new Secret("xoxb-1"), URI.create(SLACK.baseUrl() + "/api"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void postsToAChannel() {
        SLACK.stubFor(post("/api/chat.postMessage").willReturn(okJson("""
                {"ok":true,"channel":"C1","ts":"1503435956.000247","message":{"text":"Hi"}}""")));

        var posted = harness.call(SlackConnector.POST, connection, new PostMessage("#support", "Hi \"there\" ${x}"));

        assertThat(posted).isEqualTo(new PostMessage.Posted("C1", "1503435956.000247"));
        SLACK.verify(postRequestedFor(urlPathEqualTo("/api/chat.postMessage"))
                .withHeader("Authorization", equalTo("Bearer xoxb-1"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson("""
                        {"channel":"#support","text":"Hi \\"there\\" ${x}"}""")));
    }

    @Test
    void repliesInAThread() {
        SLACK.stubFor(post("/api/chat.postMessage").willReturn(okJson("""
                {"ok":true,"channel":"C1","ts":"2.0"}""")));

        harness.call(SlackConnector.REPLY, connection, new ReplyInThread("C1", "1.0", "Yes", true));

        SLACK.verify(postRequestedFor(urlPathEqualTo("/api/chat.postMessage")).withRequestBody(equalToJson("""
                {"channel":"C1","text":"Yes","thread_ts":"1.0","reply_broadcast":true}""")));
    }

    @Test
    void findsAUserByEmail() {
        SLACK.stubFor(get(urlPathEqualTo("/api/users.lookupByEmail"))
                .withQueryParam("email", equalTo("ann+x&y=1@example.com"))
                .willReturn(okJson("""
                        {"ok":true,"user":{"id":"U1","name":"ann","real_name":"Ann Ax","tz":"Europe/Zurich","is_bot":false}}""")));

        assertThat(harness.call(SlackConnector.FIND, connection, new FindUser("ann+x&y=1@example.com")))
                .isEqualTo(new FindUser.Member("U1", "ann", "Ann Ax", "Europe/Zurich", false));
    }

    @Test
    void rejectsWhenSlackRefuses() {
        SLACK.stubFor(post("/api/chat.postMessage").willReturn(okJson("""
                {"ok":false,"error":"channel_not_found"}""")));

        assertThatThrownBy(() -> harness.call(SlackConnector.POST, connection, new PostMessage("#no", "Hi")))
                .asInstanceOf(type(Rejected.class))
                .returns("SLACK_CHANNEL_NOT_FOUND", Rejected::code);
    }

    @Test
    void waitsAsLongAsSlackAsks() {
        SLACK.stubFor(post("/api/chat.postMessage")
                .willReturn(aResponse()
                        .withStatus(429)
                        .withHeader("Retry-After", "30")
                        .withBody("{\"ok\":false}")));

        assertThatThrownBy(() -> harness.call(SlackConnector.POST, connection, new PostMessage("#a", "Hi")))
                .asInstanceOf(type(Retryable.class))
                .returns("SLACK_RATE_LIMITED", Retryable::code)
                .returns(Duration.ofSeconds(30), Retryable::retryAfter);
    }

    @Test
    void retriesWhatSlackCouldNotDoNow() {
        SLACK.stubFor(post("/api/chat.postMessage").willReturn(okJson("""
                {"ok":false,"error":"internal_error"}""")));
        assertThatThrownBy(() -> harness.call(SlackConnector.POST, connection, new PostMessage("#a", "Hi")))
                .isInstanceOf(Retryable.class);

        SLACK.stubFor(post("/api/chat.postMessage")
                .willReturn(aResponse().withStatus(503).withBody("<html>")));
        assertThatThrownBy(() -> harness.call(SlackConnector.POST, connection, new PostMessage("#a", "Hi")))
                .asInstanceOf(type(Retryable.class))
                .returns("SLACK_UNAVAILABLE", Retryable::code);
    }

    @Test
    void testsTheToken() {
        SLACK.stubFor(post("/api/auth.test").willReturn(okJson("""
                {"ok":true,"url":"https://acme.slack.com/","team":"Acme","user":"cadre","team_id":"T1","user_id":"U9"}""")));
        assertThat(harness.call(SlackConnector.TEST, connection, new WhoAmI()))
                .isEqualTo(new WhoAmI.Identity("Acme", "cadre", "https://acme.slack.com/"));

        SLACK.stubFor(post("/api/auth.test").willReturn(okJson("{\"ok\":false,\"error\":\"invalid_auth\"}")));
        assertThatThrownBy(() -> harness.call(SlackConnector.TEST, connection, new WhoAmI()))
                .hasMessage("Slack refused: invalid_auth")
                .hasMessageNotContaining("xoxb");
    }
}
