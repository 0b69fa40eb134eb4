package dev.cadre.platform.audit.internal;

import dev.cadre.platform.audit.AuditChains.ChainEnd;
import dev.cadre.platform.audit.AuditChains.ChainProblem;
import dev.cadre.platform.audit.AuditChains.ChainReport;
import dev.cadre.platform.shared.OrganizationId;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Walks along a chain from its beginning to its end. */
@Component
public class ChainCheck {

    private static final int BATCH = 1_000;
    private static final int MOST_PROBLEMS = 100;

    private final ChainRows rows;
    private final Seals seals;
    private final Chaining chaining;

    ChainCheck(ChainRows rows, Seals seals, Chaining chaining) {
        this.rows = rows;
        this.seals = seals;
        this.chaining = chaining;
    }

    public List<OrganizationId> all() {
        return rows.all();
    }

    /** In one look: what is added or forgotten meanwhile does not count. */
    @Transactional(isolation = Isolation.REPEATABLE_READ, readOnly = true)
    public ChainReport of(OrganizationId organization, @Nullable ChainEnd known) {
        var seen = chaining.seen(organization).orElse(0L);
        return new Walk(organization, seen, known).report();
    }

    /** One check. */
    private final class Walk {

        private final OrganizationId organization;
        private final long seen;
        private final @Nullable ChainEnd known;
        private final Map<UUID, Boolean> erased = new HashMap<>();
        private final List<ChainProblem> problems = new ArrayList<>();
        private long position;
        private byte[] hash;
        private long checked;
        private long forgotten;
        private boolean knownFound;

        Walk(OrganizationId organization, long seen, @Nullable ChainEnd known) {
            this.organization = organization;
            this.seen = seen;
            this.known = known;
            this.hash = seals.beginning(organization);
        }

        ChainReport report() {
            begin();
            long first = position + 1;
            passKnown();
            var batch = rows.links(organization, position, BATCH);
            while (!batch.isEmpty()) {
                batch.forEach(this::follow);
                batch = rows.links(organization, position, BATCH);
            }
            end();
            var last =
                    position == 0 ? null : new ChainEnd(position, HexFormat.of().formatHex(hash));
            return new ChainReport(
                    problems.isEmpty(),
                    checked,
                    first,
                    last,
                    rows.waiting(organization),
                    forgotten,
                    List.copyOf(problems));
        }

        private void begin() {
            rows.anchor(organization).ifPresent(anchor -> {
                position = anchor.position();
                hash = anchor.hash();
                if (!same(anchor.mac(), seals.anchor(organization, position, hash))) {
                    problem(null, "beginning", "The beginning of the log was put there by somebody else.");
                }
            });
            if (!rows.links(organization, -1, 1).stream().allMatch(first -> first.position() > position)) {
                problem(null, "beginning", "There are events before the place where the log begins.");
            }
        }

        private void follow(ChainRows.Link link) {
            if (link.position() != position + 1) {
                problem(
                        position + 1,
                        "missing",
                        link.position() == position + 2
                                ? "An event was deleted."
                                : link.position() - position - 1 + " events were deleted.");
            }
            var expected = seals.link(
                    organization, link.position(), hash, link.fields().id(), link.seal());
            if (link.position() == position + 1 && !same(expected, link.hash())) {
                problem(link.position(), "changed", "The event is not the one that the chain was made with.");
            }
            authentic(link);
            texts(link);
            checked++;
            position = link.position();
            hash = link.hash();
            passKnown();
        }

        private void authentic(ChainRows.Link link) {
            if (!same(link.seal(), seals.ofEvent(organization, link.fields()))
                    && !same(link.seal(), seals.ofEvent(null, link.fields()))) {
                problem(link.position(), "foreign", "The event was changed, or was not written by the hub.");
            }
        }

        private void texts(ChainRows.Link link) {
            if (link.content() == null || link.contentSalt() == null) {
                problem(link.position(), "text-missing", "What the event tells was deleted.");
            } else if (!holds(link.fields().contentCommitment(), link.contentSalt(), link.content())) {
                problem(link.position(), "text-changed", "What the event tells was changed.");
            }
            if (link.origin() == null || link.originSalt() == null) {
                forgotten++;
                if (!erased(link.fields().actorId())) {
                    problem(link.position(), "text-missing", "Where the event came from was deleted.");
                }
            } else if (!holds(link.fields().originCommitment(), link.originSalt(), link.origin())) {
                problem(link.position(), "text-changed", "Where the event came from was changed.");
            }
        }

        private boolean erased(@Nullable UUID person) {
            return person != null && erased.computeIfAbsent(person, id -> rows.erased(organization, id));
        }

        private void passKnown() {
            if (known != null && known.position() == position) {
                knownFound = known.hash().equalsIgnoreCase(HexFormat.of().formatHex(hash));
                if (!knownFound) {
                    problem(position, "changed", "The log up to here is not the one whose end was kept.");
                }
            }
        }

        private void end() {
            var head = rows.head(organization).orElse(null);
            if (head == null) {
                if (position > 0) {
                    problem(null, "end", "The end of the log is not known any more.");
                }
            } else if (!same(head.mac(), seals.head(organization, head.position(), head.hash()))) {
                problem(null, "end", "The end of the log was put there by somebody else.");
            } else if (head.position() > position) {
                problem(position + 1, "missing", "The last " + (head.position() - position) + " events were deleted.");
            } else if (head.position() < position || !same(head.hash(), hash)) {
                problem(null, "end", "The log does not end where it was left.");
            }
            if (seen > position) {
                problem(null, "rolled-back", "The log was longer before: it ended at position " + seen + ".");
            }
            if (known != null && known.position() > position) {
                problem(null, "rolled-back", "The log is shorter than the one whose end was kept.");
            }
        }

        private void problem(@Nullable Long at, String kind, String message) {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(new ChainProblem(at, kind, message));
            }
        }
    }

    private static boolean holds(byte[] commitment, byte[] salt, String text) {
        return same(commitment, Commitment.digest(salt, text));
    }

    private static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}
