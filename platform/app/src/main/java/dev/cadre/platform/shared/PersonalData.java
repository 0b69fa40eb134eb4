package dev.cadre.platform.shared;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a room keeps of people. Each has a bean of this, so that a person gets all of it, and it can be erased. */
public interface PersonalData {

    /**
     * A person who asks.
     *
     * @param email as it is now
     */
    record Person(UserId id, String email, String name) {}

    /** What it is, by a name of which no two are the same, and all that is kept. Called outside of all walls. */
    Map<String, List<Map<String, @Nullable Object>>> export(Person person);

    /** Within the transaction that erases the account: deletes what names the person, or takes the name out of it. */
    void erase(Person person);
}
