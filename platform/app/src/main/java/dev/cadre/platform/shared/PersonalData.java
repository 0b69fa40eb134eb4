package dev.cadre.platform.shared;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a room keeps of people. Each has a bean of this, so that a person gets all of it, and it can be erased. */
public interface PersonalData {

    /**
     * A person who asks.
     *
     * @param email as it is now
     * @param keys the API keys of this person's own, those that have ended too
     */
    record Person(UserId id, String email, String name, List<UUID> keys) {}

    /**
     * Something that is kept of people.
     *
     * @param name of which no two are the same: the file's in the archive that a person gets
     * @param about what it is, for that person
     * @param rows read within a transaction and outside of all walls; closed by who takes them
     */
    record Kind(String name, String about, Function<Person, Stream<Map<String, @Nullable Object>>> rows) {}

    List<Kind> kinds();

    /** Within the transaction that erases the account: deletes what names the person, or takes the name out of it. */
    void erase(Person person);

    /** The rows of a statement as they are asked for, however many there are. */
    static Stream<Map<String, @Nullable Object>> rows(JdbcClient.StatementSpec statement) {
        return statement.withFetchSize(500).query(new ColumnMapRowMapper()).stream();
    }
}
