package dev.cadre.platform.identity.internal;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.PersonalData;
import dev.cadre.platform.shared.PersonalData.Person;
import dev.cadre.platform.shared.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** All that the hub keeps of a person, in whichever organization; and its end. */
@Service
public class Persons {

    private final List<PersonalData> rooms;
    private final Users users;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;

    Persons(
            List<PersonalData> rooms,
            Users users,
            Accounts accounts,
            ApplicationEventPublisher events,
            TransactionOperations transactions) {
        this.accounts = accounts;
        this.rooms = rooms;
        this.users = users;
        this.events = events;
        this.transactions = transactions;
    }

    public Map<String, List<Map<String, @Nullable Object>>> export(UserId user) {
        return Walls.outside(() -> {
            var person = person(user);
            var all = new TreeMap<String, List<Map<String, @Nullable Object>>>();
            rooms.forEach(room -> all.putAll(room.export(person)));
            events.publishEvent(Audited.of(null, "user.exported", Subject.user(user)));
            return all;
        });
    }

    /** All of it or, where an organization would lose its last owner, nothing. */
    public void erase(UserId user, UUID session, String password) {
        accounts.requirePassword(user, session, password, "/password");
        Walls.outside(() -> {
            var person = person(user);
            transactions.executeWithoutResult(status -> rooms.forEach(room -> room.erase(person)));
            return true;
        });
    }

    private Person person(UserId user) {
        var found =
                Optional.ofNullable(users.find(List.of(user)).get(user)).orElseThrow(IdentityException::sessionEnded);
        return new Person(user, found.email(), found.name());
    }
}
