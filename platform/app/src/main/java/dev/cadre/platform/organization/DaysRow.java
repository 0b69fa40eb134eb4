package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Numbers of days that each organization has said, in a table with a row for each that changes by revision. */
public final class DaysRow {

    /**
     * What an organization has said.
     *
     * @param days by their columns; those that it has said nothing of are missing
     */
    public record Said(Map<String, Integer> days, long revision) {

        public @Nullable Integer days(String column) {
            return days.get(column);
        }
    }

    private final JdbcClient jdbc;
    private final List<String> columns;
    private final String select;
    private final String write;

    /** Names come from this program, never from outside. */
    public DaysRow(JdbcClient jdbc, String table, List<String> columns) {
        this.jdbc = jdbc;
        this.columns = List.copyOf(columns);
        this.select = "select * from " + table + " where organization_id = ?";
        this.write = """
                insert into %1$s as r (organization_id, %2$s) select :organization, %3$s
                where :revision = coalesce((select revision from %1$s where organization_id = :organization), 0)
                on conflict (organization_id) do update set %4$s, revision = r.revision + 1 where r.revision = :revision""".formatted(
                table, String.join(", ", columns), each("cast(:%1$s as integer)"), each("%1$s = excluded.%1$s"));
    }

    private String each(String text) {
        return columns.stream().map(text::formatted).collect(Collectors.joining(", "));
    }

    /** Empty where the organization has said nothing yet: revision 0. */
    public Optional<Said> find(OrganizationId organization) {
        return jdbc.sql(select)
                .param(organization.value())
                .query((row, _) -> new Said(days(row), row.getLong("revision")))
                .optional();
    }

    private Map<String, Integer> days(ResultSet row) throws SQLException {
        var days = new HashMap<String, Integer>();
        for (var column : columns) {
            var said = row.getObject(column, Integer.class);
            if (said != null) {
                days.put(column, said);
            }
        }
        return days;
    }

    /** In the place of those of the revision; false where somebody else has changed them since. */
    public boolean write(OrganizationId organization, Map<String, Integer> days, long revision) {
        var statement =
                jdbc.sql(write).param("organization", organization.value()).param("revision", revision);
        for (var column : columns) {
            statement = statement.param(column, days.get(column));
        }
        return statement.update() == 1;
    }
}
