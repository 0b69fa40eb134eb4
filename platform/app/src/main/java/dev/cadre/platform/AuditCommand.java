package dev.cadre.platform;

import dev.cadre.platform.audit.AuditChains;
import dev.cadre.platform.audit.AuditChains.ChainEnd;
import dev.cadre.platform.audit.AuditChains.ChainReport;
import dev.cadre.platform.shared.OrganizationId;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/**
 * {@code java -jar cadre.jar audit verify}: for the operator, beside a hub that runs or not. Only what reads the log is started,
 * nothing is migrated, nothing runs.
 */
final class AuditCommand {

    static final String NAME = "audit";

    private static final int INTACT = 0;
    private static final int CHANGED = 1;
    private static final int MISUSED = 2;

    private static final String USAGE = """
            Usage: java -jar cadre.jar audit verify [organization [position hash]]

            Checks that the audit logs are as the hub wrote them: all of them, or one organization's.
            position and hash are an end of the log that you have kept.
            Ends with 0 where all are, with 1 where one was changed.""";

    /** Not marked as a configuration: the hub must not find it. */
    @Import(CommandBeans.class)
    @ComponentScan(
            basePackages = "dev.cadre.platform.audit",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern =
                                    "dev\\.cadre\\.platform\\.audit\\.(AuditChains|internal\\.(ChainCheck|ChainRows|Chaining|Seals))"))
    static class Reader {}

    private AuditCommand() {}

    /** Answers what the process ends with; {@code more} settings than the environment's. */
    static int run(List<String> arguments, PrintStream out, Map<String, String> more) {
        int given = arguments.size();
        if (given < 2 || given == 4 || given > 5 || !arguments.get(1).equals("verify")) {
            out.println(USAGE);
            return MISUSED;
        }
        @Nullable OrganizationId organization;
        @Nullable ChainEnd known;
        try {
            organization = given > 2 ? new OrganizationId(UUID.fromString(arguments.get(2))) : null;
            known = given == 5 ? new ChainEnd(Long.parseLong(arguments.get(3)), arguments.get(4)) : null;
        } catch (IllegalArgumentException e) {
            out.println(USAGE);
            return MISUSED;
        }
        try (var context = CommandBeans.start(Reader.class, more)) {
            var chains = context.getBean(AuditChains.class);
            return verify(chains, organization == null ? chains.all() : List.of(organization), known, out);
        }
    }

    private static int verify(
            AuditChains chains, List<OrganizationId> organizations, @Nullable ChainEnd known, PrintStream out) {
        int changed = 0;
        for (var organization : organizations) {
            var report = chains.verify(organization, known);
            print(organization, report, out);
            changed += report.intact() ? 0 : 1;
        }
        out.println(organizations.size() + " logs verified, " + changed + " changed.");
        return changed == 0 ? INTACT : CHANGED;
    }

    private static void print(OrganizationId organization, ChainReport report, PrintStream out) {
        var end = report.end();
        out.println(organization + (report.intact() ? " intact" : " CHANGED") + ", " + report.checked() + " events"
                + (end == null ? "" : ", end " + end.position() + " " + end.hash()));
        for (var problem : report.problems()) {
            out.println("  " + (problem.position() == null ? "" : "position " + problem.position() + ": ")
                    + problem.message());
        }
    }
}
