package dev.cadre.platform.mail.internal;

import dev.cadre.platform.mail.MailWritten;
import dev.cadre.platform.mail.internal.OutboxRows.Claimed;
import dev.cadre.platform.shared.Clocked;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Takes messages from the outbox to the mail server, at once when one was written and again and again when the server
 * refuses. Every node looks; the table gives each message to one of them.
 */
@Component
class Postman extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(Postman.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration CLEAR = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 5;
    /** Longer than all timeouts of that many messages together. */
    private static final Duration LEASE = Duration.ofMinutes(10);
    /** The last waits are an hour each: about two days. */
    private static final int MAX_ATTEMPTS = 56;

    private final OutboxRows rows;
    private final @Nullable SmtpTransport transport;
    private boolean failing;

    Postman(OutboxRows rows, MailSettings settings) {
        super("mail", PATIENCE);
        this.rows = rows;
        this.transport = settings.server().map(SmtpTransport::new).orElse(null);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void written(MailWritten event) {
        if (transport != null) {
            clock.soon(this::look);
        }
    }

    private void look() {
        try {
            if (transport != null) {
                List<Claimed> due;
                do {
                    due = rows.claim(AT_ONCE, LEASE);
                    due.forEach(one -> deliver(transport, one));
                } while (due.size() == AT_ONCE && isRunning());
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("The outbox can't be read: {}", e.getMessage());
            }
            failing = true;
        }
    }

    private void deliver(SmtpTransport to, Claimed one) {
        var id = one.message().id();
        try {
            to.send(one.message());
            rows.sent(id);
        } catch (AddressException e) {
            log.warn("The message {} can't be sent: its address is not valid", id);
            rows.failed(id);
        } catch (MessagingException e) {
            boolean refused = e instanceof SendFailedException failed
                    && failed.getInvalidAddresses() != null
                    && failed.getInvalidAddresses().length > 0;
            if (refused || one.attempts() >= MAX_ATTEMPTS) {
                log.warn("The message {} is given up: {}", id, e.getMessage());
                rows.failed(id);
            } else {
                var wait = wait(one.attempts());
                log.warn("The message {} was not sent and is tried again in {}: {}", id, wait, e.getMessage());
                rows.again(id, wait);
            }
        }
    }

    static Duration wait(int attempts) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(12, Math.max(0, attempts - 1)));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private void clear() {
        try {
            rows.clear();
        } catch (RuntimeException e) {
            log.debug("The outbox can't be cleared now", e);
        }
    }

    @Override
    public void start() {
        clock.start(CLEAR, this::clear);
        if (transport != null) {
            clock.start(LOOK, this::look);
            clock.soon(this::look);
        }
    }
}
