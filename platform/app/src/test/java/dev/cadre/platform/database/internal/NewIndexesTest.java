package dev.cadre.platform.database.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An index that is built in a transaction keeps everybody waiting who writes into the table, for as long as that is long: so it
 * is built concurrently, in a script of its own without a transaction, or on a table that the same script makes.
 */
class NewIndexesTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/db/migration");

    private static final Pattern INDEX = Pattern.compile(
            "(?i)create\\s+(?:unique\\s+)?index\\s+(concurrently\\s+)?(?:if\\s+not\\s+exists\\s+)?(\\w+\\s+)?on\\s+(?:cadre\\.)?(\\w+)");

    private static final Pattern TABLE =
            Pattern.compile("(?i)create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(?:cadre\\.)?(\\w+)");

    private static final Pattern ALONE = Pattern.compile(
            "(?i)(set lock_timeout = 0|reset lock_timeout|(drop|create( unique)?) index concurrently .*)");

    /** Tables that grow with what is done, in each of which a hub that works writes all the time. */
    private static final Set<String> LONG = Set.of(
            "agent_turn",
            "audit_event",
            "idempotency_key",
            "mail_message",
            "refresh_token",
            "run",
            "session",
            "task",
            "task_log",
            "webhook_replay",
            "workflow_revision");

    /** Had landed before the rule; a shipped script is never edited. */
    private static final Set<String> BEFORE = Set.of(
            "V20261125_60_2__approval.sql",
            "V20261126_60_3__events_and_calls.sql",
            "V20261126_60_10__durability.sql",
            "V20261126_60_12__retention.sql",
            "V20261126_60_13__called_runs.sql",
            "V20261126_60_30__run_retention.sql",
            "V20261126_70_11__audit_blank.sql",
            "V20261126_70_20__blank_what_keys_did.sql");

    @Test
    void keepNobodyWaitingWhoWrites() throws IOException {
        for (var script : scripts()) {
            var sql = sql(script);
            var made = TABLE.matcher(sql).results().map(table -> table.group(1)).toList();
            var blocking = INDEX.matcher(sql)
                    .results()
                    .filter(index ->
                            index.group(1) == null && LONG.contains(index.group(3)) && !made.contains(index.group(3)))
                    .map(MatchResult::group)
                    .toList();
            if (!BEFORE.contains(script.getFileName().toString())) {
                assertThat(blocking)
                        .as("%s: build it concurrently, as V20261126_60_41 does", script)
                        .isEmpty();
            }
        }
    }

    @Test
    void canBeTriedAgainWhereTheyWereCutOff() throws IOException {
        int seen = 0;
        for (var script : scripts()) {
            var sql = sql(script);
            var conf = script.resolveSibling(script.getFileName() + ".conf");
            if (!sql.toLowerCase(Locale.ROOT).contains("concurrently")) {
                assertThat(conf).as("only for indexes").doesNotExist();
                continue;
            }
            seen++;
            assertThat(conf).content().isEqualTo("executeInTransaction=false\n");
            var statements = Stream.of(sql.split(";"))
                    .map(statement -> statement.strip().replaceAll("\\s+", " "))
                    .filter(statement -> !statement.isEmpty())
                    .toList();
            assertThat(statements)
                    .as("%s", script)
                    .allMatch(statement -> ALONE.matcher(statement).matches());
            INDEX.matcher(sql)
                    .results()
                    .forEach(index -> assertThat(statements)
                            .as("%s may be there already, and not be valid", index.group(2))
                            .contains("drop index concurrently if exists "
                                    + index.group(2).strip()));
        }
        assertThat(seen).isPositive();
    }

    private static List<Path> scripts() throws IOException {
        try (var files = Files.walk(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }

    private static String sql(Path script) throws IOException {
        return Files.readString(script).replaceAll("--.*", "");
    }
}
