package dev.cadre.connector.gmail;

import static dev.cadre.spi.connector.Operation.accessToken;
import static dev.cadre.spi.connector.Operation.connection;
import static dev.cadre.spi.connector.Operation.context;
import static dev.cadre.spi.connector.Operation.input;
import static dev.cadre.spi.connector.Operation.property;

import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.connector.Connector;
import dev.cadre.spi.connector.ConnectorDefinition;
import dev.cadre.spi.connector.HttpAnswer;
import dev.cadre.spi.connector.HttpCall;
import dev.cadre.spi.connector.OAuth2;
import dev.cadre.spi.connector.Operation;
import jakarta.mail.Message.RecipientType;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.pf4j.Extension;

/** Sends, answers, finds and reads mail. */
@Extension
public class GmailConnector implements Connector {

    static final Operation<SendMail, SendMail.Sent> SEND = new Operation<>(
            "gmail-send", "Send Gmail", "Sends an e-mail from the mailbox.", SendMail.class, SendMail.Sent.class);
    static final Operation<ReplyToMail, SendMail.Sent> REPLY = new Operation<>(
            "gmail-reply",
            "Reply in Gmail",
            "Answers an e-mail, in its conversation.",
            ReplyToMail.class,
            SendMail.Sent.class);
    static final Operation<SearchMail, SearchMail.Found> SEARCH = new Operation<>(
            "gmail-search",
            "Search Gmail",
            "Finds e-mails as Gmail's search box does; gives their ids.",
            SearchMail.class,
            SearchMail.Found.class);
    static final Operation<ReadMail, ReadMail.Mail> READ = new Operation<>(
            "gmail-read",
            "Read Gmail",
            "Reads one e-mail: headers, text and what is attached.",
            ReadMail.class,
            ReadMail.Mail.class);
    static final Operation<WhoAmI, WhoAmI.Mailbox> TEST = new Operation<>(
            "gmail-test", "Test Gmail", "Asks whose mailbox this is.", WhoAmI.class, WhoAmI.Mailbox.class);

    private static final String ICON = "M3 5h18v14H3zM3 6l9 7 9-7";
    private static final String STATUS = "gmail.status";
    private static final String REQUEST = "gmail.request";
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,900}>");

    private static final OAuth2 OAUTH = new OAuth2(
            URI.create("https://accounts.google.com/o/oauth2/v2/auth"),
            URI.create("https://oauth2.googleapis.com/token"),
            List.of("https://www.googleapis.com/auth/gmail.send", "https://www.googleapis.com/auth/gmail.readonly"),
            Map.of("access_type", "offline", "prompt", "consent"));

    @Override
    public ConnectorDefinition definition() {
        return new ConnectorDefinition(
                "gmail",
                "Gmail",
                "Sends, answers, finds and reads mail of one Gmail mailbox.",
                ICON,
                GmailConnection.class,
                TEST,
                OAUTH,
                List.of(SEND, REPLY, SEARCH, READ));
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                write(from(SEND.endpoint()).process(GmailConnector::send)).process(GmailConnector::sent);
                write(read(from(REPLY.endpoint()).process(GmailConnector::original))
                                .process(GmailConnector::reply))
                        .process(GmailConnector::sent);
                read(from(SEARCH.endpoint()).process(GmailConnector::search)).process(GmailConnector::found);
                read(from(READ.endpoint()).process(GmailConnector::message))
                        .process(exchange -> result(exchange, Mails.read(answer(exchange))));
                read(from(TEST.endpoint())
                                .process(exchange ->
                                        call(exchange, "GET", "profile").noBody()))
                        .process(exchange ->
                                result(exchange, new WhoAmI.Mailbox(Mails.text(answer(exchange), "emailAddress"))));
            }

            private ProcessorDefinition<?> write(ProcessorDefinition<?> route) {
                return read(route.marshal().json());
            }

            /** Gmail explains failures in JSON: it is read first, then judged. */
            private ProcessorDefinition<?> read(ProcessorDefinition<?> route) {
                return route.to(HttpCall.ENDPOINT)
                        .process(exchange -> exchange.setProperty(STATUS, HttpAnswer.read(exchange)))
                        .choice()
                        .when(GmailConnector::isJson)
                        .unmarshal()
                        .json(Map.class)
                        .end()
                        .process(GmailConnector::judge);
            }
        };
    }

    private static HttpCall call(Exchange exchange, String method, String path) {
        return HttpCall.of(
                        exchange,
                        method,
                        connection(exchange, GmailConnection.class).apiAddress())
                .path("gmail/v1/users/me/" + path)
                .bearer(accessToken(exchange));
    }

    private static void send(Exchange exchange) throws Exception {
        var mail = input(exchange, SendMail.class);
        var letter = new Letter(context(exchange).idempotencyKey())
                .to(RecipientType.TO, mail.to())
                .to(RecipientType.CC, mail.cc())
                .to(RecipientType.BCC, mail.bcc())
                .subject(mail.subject())
                .text(mail.text(), mail.html());
        call(exchange, "POST", "messages/send").json(Map.of("raw", letter.raw()));
    }

    private static void original(Exchange exchange) {
        var reply = input(exchange, ReplyToMail.class);
        exchange.setProperty(REQUEST, reply);
        call(exchange, "GET", "messages")
                .segment(reply.messageId())
                .query("format", "metadata")
                .noBody();
    }

    private static void reply(Exchange exchange) throws Exception {
        var reply = property(exchange, REQUEST, ReplyToMail.class);
        var original = answer(exchange);
        var headers = Mails.map(original.get("payload"));
        var replyTo = Mails.header(headers, "Reply-To");
        var subject = Mails.header(headers, "Subject");
        var ids = MESSAGE_ID
                .matcher(Mails.header(headers, "References") + " " + Mails.header(headers, "Message-ID"))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        var letter = new Letter(context(exchange).idempotencyKey())
                .to(RecipientType.TO, replyTo == null ? Mails.header(headers, "From") : replyTo)
                .subject(answering(subject == null ? "" : subject))
                .answers(ids)
                .text(reply.text(), reply.html());
        var threadId = Mails.text(original, "threadId");
        call(exchange, "POST", "messages/send").json(Map.of("raw", letter.raw(), "threadId", threadId));
    }

    private static String answering(String subject) {
        return subject.toLowerCase(Locale.ROOT).startsWith("re:") ? subject : "Re: " + subject;
    }

    private static void search(Exchange exchange) {
        var search = input(exchange, SearchMail.class);
        call(exchange, "GET", "messages")
                .query("q", search.query())
                .query("maxResults", search.limit())
                .query("pageToken", search.page())
                .noBody();
    }

    private static void message(Exchange exchange) {
        var id = input(exchange, ReadMail.class).messageId();
        call(exchange, "GET", "messages").segment(id).query("format", "full").noBody();
    }

    private static void judge(Exchange exchange) {
        var answer = property(exchange, STATUS, HttpAnswer.class);
        if (answer.successful()) {
            return;
        }
        var error = Mails.map(answer(exchange).get("error"));
        var message = error.get("message") instanceof String text ? text : "";
        var limited = Mails.list(error.get("errors")).stream()
                .anyMatch(one -> String.valueOf(Mails.map(one).get("reason")).endsWith("ateLimitExceeded"));
        if (limited) {
            throw new Retryable("GMAIL_RATE_LIMITED", "Gmail asks to slow down: " + message, answer.retryAfter());
        }
        throw answer.failure("GMAIL", message);
    }

    private static void sent(Exchange exchange) {
        var answer = answer(exchange);
        result(exchange, new SendMail.Sent(Mails.text(answer, "id"), Mails.text(answer, "threadId")));
    }

    private static void found(Exchange exchange) {
        var answer = answer(exchange);
        var hits = Mails.list(answer.get("messages")).stream()
                .map(Mails::map)
                .map(hit -> new SearchMail.Hit(Mails.text(hit, "id"), Mails.text(hit, "threadId")))
                .toList();
        result(exchange, new SearchMail.Found(hits, (String) answer.get("nextPageToken")));
    }

    private static boolean isJson(Exchange exchange) {
        var type = property(exchange, STATUS, HttpAnswer.class).headers().getOrDefault("content-type", "");
        return type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static Map<?, ?> answer(Exchange exchange) {
        return Mails.map(exchange.getMessage().getBody());
    }

    private static void result(Exchange exchange, Record result) {
        exchange.getMessage().setBody(result);
    }
}
