package dev.cadre.platform.identity.internal;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.PersonalData;
import dev.cadre.platform.shared.PersonalData.Person;
import dev.cadre.platform.shared.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** All that the hub keeps of a person, in whichever organization; and its end. */
@Service
public class Persons {

    private final List<PersonalData> rooms;
    private final Users users;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final PersonArchive archive;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final TransactionTemplate reading;

    Persons(
            List<PersonalData> rooms,
            Users users,
            Accounts accounts,
            ApplicationEventPublisher events,
            PersonArchive archive,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.archive = archive;
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.accounts = accounts;
        this.rooms = rooms;
        this.users = users;
        this.events = events;
    }

    /** In a file that whoever asks deletes. */
    public Path export(UserId user, ArchiveFormat format) throws IOException {
        return Walls.outside(() -> {
            var file = Objects.requireNonNull(reading.execute(status -> write(person(user), format)));
            try {
                transactions.executeWithoutResult(
                        _ -> events.publishEvent(Audited.of(null, "user.exported", Subject.user(user))));
                return file;
            } catch (RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        });
    }

    private Path write(Person person, ArchiveFormat format) {
        try {
            return archive.write(person, format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of it or, where an organization would lose its last owner, nothing. */
    public void erase(UserId user, UUID session, String password) {
        accounts.requirePassword(user, session, password, "/password");
        Walls.outside(() -> {
            transactions.executeWithoutResult(_ -> {
                alone(user);
                var person = person(user);
                rooms.forEach(room -> room.erase(person));
            });
            return true;
        });
    }

    /** Who asks twice at once is erased once, and finds the second time that nobody is there any more. */
    private void alone(UserId user) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 35))")
                .param("erasing " + user)
                .query((row, _) -> true)
                .single();
    }

    private Person person(UserId user) {
        var found =
                Optional.ofNullable(users.find(List.of(user)).get(user)).orElseThrow(IdentityException::sessionEnded);
        var keys = jdbc.sql("select key_id from owner_of_key where user_id = ?")
                .param(user.value())
                .query((row, _) -> row.getObject("key_id", UUID.class))
                .list();
        return new Person(user, found.email(), found.name(), keys);
    }
}
