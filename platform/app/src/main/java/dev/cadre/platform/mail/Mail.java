package dev.cadre.platform.mail;

import dev.cadre.platform.mail.internal.MailSettings;
import dev.cadre.platform.mail.internal.OutboxRows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes messages to people. A message belongs to the caller's transaction: it goes out when that has committed, and
 * never when it was rolled back.
 */
@Service
public class Mail {

    private final OutboxRows rows;
    private final MailSettings settings;
    private final ApplicationEventPublisher events;

    Mail(OutboxRows rows, MailSettings settings, ApplicationEventPublisher events) {
        this.rows = rows;
        this.settings = settings;
        this.events = events;
    }

    /** Plain text to one address; a line break in address or subject could add headers and is taken out. */
    @Transactional
    public void send(String to, String subject, String text) {
        rows.add(oneLine(to), oneLine(subject), text);
        events.publishEvent(new MailWritten());
    }

    /** Whether messages go to a mail server; otherwise they stay in the outbox. */
    public boolean leaves() {
        return settings.smtpUrl() != null;
    }

    /** What waits, the newest first, behind the given message. */
    public List<OutboxMessage> waiting(Optional<UUID> after, int limit) {
        return rows.waiting(after, limit);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    }
}
