package dev.cadre.connector.slack;

import static dev.cadre.spi.connector.Operation.connection;
import static dev.cadre.spi.connector.Operation.input;

import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.connector.ConnectorDefinition;
import dev.cadre.spi.connector.HttpAnswer;
import dev.cadre.spi.connector.HttpCall;
import dev.cadre.spi.connector.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.pf4j.Extension;

/** Posts to Slack and finds people there. */
@Extension
public class SlackConnector implements Connector {

    static final Operation<PostMessage, PostMessage.Posted> POST = new Operation<>(
            "slack-post-message",
            "Post to Slack",
            "Posts a message to a Slack channel.",
            PostMessage.class,
            PostMessage.Posted.class);
    static final Operation<ReplyInThread, PostMessage.Posted> REPLY = new Operation<>(
            "slack-reply-in-thread",
            "Reply in Slack thread",
            "Replies to a Slack message in its thread.",
            ReplyInThread.class,
            PostMessage.Posted.class);
    static final Operation<FindUser, FindUser.Member> FIND = new Operation<>(
            "slack-find-user",
            "Find Slack user",
            "Looks up a member of the Slack workspace by e-mail address.",
            FindUser.class,
            FindUser.Member.class);
    static final Operation<WhoAmI, WhoAmI.Identity> TEST = new Operation<>(
            "slack-test", "Test Slack", "Asks Slack whose token this is.", WhoAmI.class, WhoAmI.Identity.class);

    private static final String ICON = "M10 3v18M14 3v18M3 10h18M3 14h18";
    private static final Set<String> TEMPORARY =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

    @Override
    public ConnectorDefinition definition() {
        return new ConnectorDefinition(
                "slack",
                "Slack",
                "Posts messages to a Slack workspace and finds people in it.",
                ICON,
                SlackConnection.class,
                TEST,
                null,
                List.of(POST, REPLY, FIND));
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                operation(POST, SlackConnector::post, SlackConnector::posted);
                operation(REPLY, SlackConnector::reply, SlackConnector::posted);
                operation(FIND, SlackConnector::find, SlackConnector::member);
                operation(TEST, exchange -> call(exchange, "auth.test").json(Map.of()), SlackConnector::identity);
            }

            private void operation(Operation<?, ?> operation, Processor request, Processor result) {
                from(operation.endpoint())
                        .process(request)
                        .marshal()
                        .json()
                        .to(HttpCall.ENDPOINT)
                        .process(HttpAnswer.success("SLACK"))
                        .unmarshal()
                        .json(Map.class)
                        .process(SlackConnector::requireOk)
                        .process(result);
            }
        };
    }

    private static HttpCall call(Exchange exchange, String method) {
        return call(exchange, "POST", method);
    }

    private static HttpCall call(Exchange exchange, String verb, String method) {
        var connection = connection(exchange, SlackConnection.class);
        return HttpCall.of(exchange, verb, connection.apiAddress()).path(method).bearer(connection.botToken());
    }

    private static void post(Exchange exchange) {
        var message = input(exchange, PostMessage.class);
        call(exchange, "chat.postMessage").json(Map.of("channel", message.channel(), "text", message.text()));
    }

    private static void reply(Exchange exchange) {
        var message = input(exchange, ReplyInThread.class);
        call(exchange, "chat.postMessage")
                .json(Map.of(
                        "channel", message.channel(),
                        "text", message.text(),
                        "thread_ts", message.threadTimestamp(),
                        "reply_broadcast", message.broadcast()));
    }

    /** Slack takes no JSON where it reads: the parameters of such methods go into the query. */
    private static void find(Exchange exchange) {
        var email = input(exchange, FindUser.class).email();
        call(exchange, "GET", "users.lookupByEmail").query("email", email).noBody();
    }

    /** Slack answers 200 even when it refuses: the verdict is in the body's {@code ok}. */
    private static void requireOk(Exchange exchange) {
        var answer = answer(exchange);
        if (Boolean.TRUE.equals(answer.get("ok"))) {
            return;
        }
        var error = String.valueOf(answer.get("error"));
        var code = "SLACK_" + error.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        if (error.equals("ratelimited") || TEMPORARY.contains(error)) {
            throw new Retryable(code, "Slack could not do it now: " + error);
        }
        throw new Rejected(code, "Slack refused: " + error);
    }

    private static void posted(Exchange exchange) {
        var answer = answer(exchange);
        exchange.getMessage().setBody(new PostMessage.Posted(text(answer, "channel"), text(answer, "ts")));
    }

    private static void member(Exchange exchange) {
        var user = answer(exchange).get("user") instanceof Map<?, ?> found ? found : Map.of();
        exchange.getMessage()
                .setBody(new FindUser.Member(
                        text(user, "id"),
                        text(user, "name"),
                        (String) user.get("real_name"),
                        (String) user.get("tz"),
                        Boolean.TRUE.equals(user.get("is_bot"))));
    }

    private static void identity(Exchange exchange) {
        var answer = answer(exchange);
        exchange.getMessage()
                .setBody(new WhoAmI.Identity(text(answer, "team"), text(answer, "user"), text(answer, "url")));
    }

    private static Map<?, ?> answer(Exchange exchange) {
        var body = exchange.getMessage().getBody(Map.class);
        return body == null ? new LinkedHashMap<>() : body;
    }

    private static String text(Map<?, ?> answer, String name) {
        var value = answer.get(name);
        if (value == null) {
            throw new Rejected("SLACK_UNEXPECTED_ANSWER", "Slack's answer holds no " + name + ".");
        }
        return value.toString();
    }
}
