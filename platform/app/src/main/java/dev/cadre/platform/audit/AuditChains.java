package dev.cadre.platform.audit;

import dev.cadre.platform.audit.internal.ChainCheck;
import dev.cadre.platform.shared.OrganizationId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tells whether the audit log is as the hub wrote it. */
@Service
public class AuditChains {

    /** Where a chain ends. Kept outside of the hub it proves later that nothing before it was taken away. */
    public record ChainEnd(long position, String hash) {}

    /**
     * Something that the hub did not do.
     *
     * @param position where in the chain; null where it concerns the whole of it
     * @param kind {@code missing}, {@code changed}, {@code foreign}, {@code text-changed}, {@code text-missing}, {@code
     *     beginning}, {@code end} or {@code rolled-back}
     */
    public record ChainProblem(@Nullable Long position, String kind, String message) {}

    /**
     * What came of it.
     *
     * @param checked how many events
     * @param firstPosition where the log begins; more than 1 after old events were deleted as the retention says
     * @param waiting events that are not in the chain yet, of the last seconds
     * @param forgotten events whose origin was erased with the person who acted
     * @param problems the first ones
     */
    public record ChainReport(
            boolean intact,
            long checked,
            long firstPosition,
            @Nullable ChainEnd end,
            int waiting,
            long forgotten,
            List<ChainProblem> problems) {}

    private final ChainCheck check;

    AuditChains(ChainCheck check) {
        this.check = check;
    }

    /** {@code known} is an end that somebody has kept; null for none. */
    public ChainReport verify(OrganizationId organization, @Nullable ChainEnd known) {
        return check.of(organization, known);
    }

    /** Every organization that has a log, and the installation. */
    public List<OrganizationId> all() {
        return check.all();
    }
}
