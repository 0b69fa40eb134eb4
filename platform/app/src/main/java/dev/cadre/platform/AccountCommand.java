package dev.cadre.platform;

import dev.cadre.platform.identity.AccountHelp;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/**
 * {@code java -jar cadre.jar account …}: for the operator, beside a hub that runs or not, whom people ask who can't get in or
 * must be kept out. Nodes that run notice within seconds.
 */
final class AccountCommand {

    static final String NAME = "account";

    private static final int DONE = 0;
    private static final int UNKNOWN = 1;
    private static final int MISUSED = 2;

    private static final String USAGE = """
            Usage: java -jar cadre.jar account reset-second-factor <e-mail>
                   java -jar cadre.jar account end-sign-ins <e-mail> | everybody

            reset-second-factor takes the second factor and the recovery codes of somebody who has lost them, and ends their
            sign-ins. Make sure who asks: docs/security.md says how. end-sign-ins ends somebody's sign-ins, or everybody's.
            The logs of their organizations say so; who loses the second factor is told by mail.
            Ends with 1 where nobody has this address.""";

    /** Not marked as a configuration: the hub must not find it. */
    @Import(CommandBeans.class)
    @ConfigurationPropertiesScan("dev.cadre.platform.mail")
    @ComponentScan(
            basePackages = "dev.cadre.platform",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = "dev\\.cadre\\.platform\\.(mail\\.(Mail|internal\\.OutboxRows)"
                                    + "|audit\\.internal\\.(AuditWriter|Seals)"
                                    + "|identity\\.(AccountHelp|Users|internal\\.SecondFactor))"))
    static class Desk {}

    private AccountCommand() {}

    /** Answers what the process ends with; {@code more} settings than the environment's. */
    static int run(List<String> arguments, PrintStream out, Map<String, String> more) {
        boolean resets = arguments.size() == 3 && arguments.get(1).equals("reset-second-factor");
        boolean ends = arguments.size() == 3 && arguments.get(1).equals("end-sign-ins");
        if (!resets && !ends) {
            out.println(USAGE);
            return MISUSED;
        }
        var whose = arguments.get(2);
        try (var context = CommandBeans.start(Desk.class, more)) {
            var help = context.getBean(AccountHelp.class);
            if (ends && whose.equals("everybody")) {
                out.println("The sign-ins of " + help.endAllSignIns() + " people have ended.");
                return DONE;
            }
            if (resets ? help.resetSecondFactor(whose) : help.endSignIns(whose)) {
                out.println(
                        resets
                                ? "The second factor of " + whose + " is off, and their sign-ins have ended."
                                : "The sign-ins of " + whose + " have ended.");
                return DONE;
            }
            out.println("Nobody has the address " + whose + ".");
            return UNKNOWN;
        }
    }
}
