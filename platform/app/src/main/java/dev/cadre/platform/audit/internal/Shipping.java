package dev.cadre.platform.audit.internal;

import dev.cadre.platform.audit.internal.AuditRows.Event;
import dev.cadre.platform.shared.OrganizationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what is in the chains to a file or the terminal, a JSON document a line, where the operator's collector takes it away
 * from this hub: apart from what it tells of, one node at a time, each event once, or once more after a failure.
 */
@Component
class Shipping {

    private static final Logger logger = LoggerFactory.getLogger(Shipping.class);
    private static final int ORGANIZATIONS = 100;
    private static final int EVENTS = 1_000;

    private final ChainRows chains;
    private final AuditRows rows;
    private final JsonMapper json;
    private final TransactionOperations transactions;
    private final AuditLogSettings settings;
    private boolean failing;

    Shipping(
            ChainRows chains,
            AuditRows rows,
            JsonMapper json,
            TransactionOperations transactions,
            AuditLogSettings settings) {
        this.chains = chains;
        this.rows = rows;
        this.json = json;
        this.transactions = transactions;
        this.settings = settings;
    }

    /** All that waits. A target that is full or away loses nothing: it is written later. */
    void all() {
        if (!settings.isOn()) {
            return;
        }
        try {
            while (Boolean.TRUE.equals(transactions.execute(status -> chains.shipsHere() && some()))) {
                failing = false;
            }
        } catch (UncheckedIOException e) {
            if (!failing) {
                logger.warn("The audit log can't be written to {}: {}", settings.log(), e.getMessage());
            }
            failing = true;
        }
    }

    private boolean some() {
        var waiting = chains.unshipped(ORGANIZATIONS);
        for (var mark : waiting) {
            var events = rows.chained(mark.organization(), mark.position(), EVENTS);
            write(mark.organization(), events);
            @Nullable Long last = events.isEmpty() ? null : events.getLast().position();
            chains.shipped(mark.organization(), last == null ? mark.end() : last);
        }
        return !waiting.isEmpty();
    }

    private void write(OrganizationId organization, List<Event> events) {
        var lines = events.stream()
                .map(event -> json.writeValueAsString(line(organization, event)) + "\n")
                .collect(Collectors.joining());
        var file = settings.file();
        if (file.isEmpty()) {
            System.out.print(lines);
            System.out.flush();
            return;
        }
        try {
            append(file.get(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opened anew each time: a file that was rotated away is made again. */
    private static void append(Path file, String lines) throws IOException {
        try (var channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), forItsOwnerAndGroup())) {
            var bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }

    private static FileAttribute<?>[] forItsOwnerAndGroup() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                }
                : new FileAttribute<?>[0];
    }

    /** Ids of people, no names: what leaves the hub can't be forgotten with them. */
    private static Map<String, @Nullable Object> line(OrganizationId organization, Event event) {
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("log", "audit");
        line.put("organization", organization.toString());
        line.put("position", event.position());
        line.put("id", event.id());
        line.put("at", event.at());
        line.put("action", event.action());
        line.put("actorKind", event.actorKind());
        line.put("actorId", event.actorId());
        line.put("actorName", event.origin("name"));
        line.put("address", event.origin("address"));
        line.put("userAgent", event.origin("userAgent"));
        line.put("subjectType", event.subjectType());
        line.put("subjectId", event.subjectId());
        line.put("subjectName", event.subjectName());
        line.put("before", event.state("before"));
        line.put("after", event.state("after"));
        line.put("hash", event.hash());
        return line;
    }
}
