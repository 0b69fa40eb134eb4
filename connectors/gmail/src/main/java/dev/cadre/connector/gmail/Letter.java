package dev.cadre.connector.gmail;

import dev.cadre.spi.StepException.Rejected;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an e-mail the way it travels. No field can add a header of its own. */
final class Letter {

    private final MimeMessage message;

    /** {@code key} makes the Message-ID: the same for every attempt, so that receivers see a repetition as one. */
    Letter(String key) throws MessagingException {
        this.message = new MimeMessage((Session) null) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + key.replaceAll("[^A-Za-z0-9-]", "-") + "@cadre.invalid>");
            }
        };
    }

    Letter to(RecipientType type, @Nullable String addresses) throws MessagingException {
        if (addresses == null || addresses.isBlank()) {
            return this;
        }
        try {
            var parsed = InternetAddress.parse(line(type.toString(), addresses), true);
            for (var address : parsed) {
                address.validate();
            }
            message.setRecipients(type, parsed);
            return this;
        } catch (AddressException e) {
            throw new Rejected("GMAIL_INVALID_ADDRESS", "This is not an e-mail address: " + e.getRef());
        }
    }

    Letter subject(String subject) throws MessagingException {
        message.setSubject(line("Subject", subject), "UTF-8");
        return this;
    }

    /** Message-IDs of the conversation so far, the one that is answered last. */
    Letter answers(List<String> ids) throws MessagingException {
        if (!ids.isEmpty()) {
            message.setHeader("In-Reply-To", ids.getLast());
            message.setHeader("References", String.join("\r\n ", ids));
        }
        return this;
    }

    Letter text(String text, boolean html) throws MessagingException {
        var type = html ? "text/html; charset=UTF-8" : "text/plain; charset=UTF-8";
        message.setDataHandler(new DataHandler(new ByteArrayDataSource(text.getBytes(StandardCharsets.UTF_8), type)));
        return this;
    }

    /** As Gmail takes it. */
    String raw() throws MessagingException, IOException {
        message.saveChanges();
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes.toByteArray());
    }

    private static String line(String field, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new Rejected("GMAIL_INVALID_HEADER", field + " must be a single line.");
        }
        return value;
    }
}
