package dev.cadre.platform.mail.internal;

import dev.cadre.platform.mail.OutboxMessage;
import dev.cadre.platform.mail.internal.MailSettings.Server;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;

/** Hands messages to a mail server over SMTP. */
final class SmtpTransport {

    private static final String TIMEOUT = "20000";

    private final Server server;
    private final Session session;

    SmtpTransport(Server server) {
        this.server = server;
        var protocol = server.tls() ? "smtps" : "smtp";
        var prefix = "mail." + protocol + ".";
        var properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        for (var kind : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty(prefix + kind, TIMEOUT);
        }
        properties.setProperty(prefix + "auth", String.valueOf(server.user() != null));
        properties.setProperty(prefix + "starttls.enable", "true");
        // otherwise each message waits for this machine's own name to be looked up
        properties.setProperty(
                prefix + "localhost", server.from().substring(server.from().indexOf('@') + 1));
        // a password never travels in clear text
        properties.setProperty(prefix + "starttls.required", String.valueOf(!server.tls() && server.user() != null));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        this.session = Session.getInstance(properties);
    }

    void send(OutboxMessage message) throws MessagingException {
        var mime = new Identified(session, message.id(), server.from());
        mime.setFrom(new InternetAddress(server.from(), true));
        mime.setRecipient(Message.RecipientType.TO, new InternetAddress(message.to(), true));
        mime.setSubject(message.subject(), "UTF-8");
        mime.setText(message.text(), "UTF-8");
        mime.setSentDate(Date.from(message.createdAt()));
        mime.setHeader("Auto-Submitted", "auto-generated");
        mime.saveChanges();
        try (var transport = session.getTransport()) {
            transport.connect(server.host(), server.port(), server.user(), server.password());
            transport.sendMessage(mime, mime.getAllRecipients());
        }
    }

    /** The same message has the same id however often it is sent, so that mailboxes can tell a second copy. */
    private static final class Identified extends MimeMessage {
        private final UUID id;
        private final String from;

        Identified(Session session, UUID id, String from) {
            super(session);
            this.id = id;
            this.from = from;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + from.substring(from.indexOf('@')) + ">");
        }
    }
}
