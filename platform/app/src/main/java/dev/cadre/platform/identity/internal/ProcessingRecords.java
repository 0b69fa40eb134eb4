package dev.cadre.platform.identity.internal;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Organizations;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import dev.cadre.platform.shared.ProcessedData.Category;
import dev.cadre.platform.shared.ProcessedData.Recipient;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** What is done with people's data for an organization: the record that Article 30 GDPR asks for, from what is set up. */
@Service
public class ProcessingRecords {

    /** Whom to ask: an owner. */
    public record Contact(String name, String email) {}

    /** The record as of now. */
    public record ProcessingRecord(
            Instant at,
            String organization,
            List<Contact> contacts,
            List<Category> categories,
            List<Recipient> recipients,
            List<String> measures) {}

    private final List<ProcessedData> rooms;
    private final Organizations organizations;
    private final Members members;
    private final Users users;
    private final Clock clock;

    ProcessingRecords(
            List<ProcessedData> rooms, Organizations organizations, Members members, Users users, Clock clock) {
        this.rooms = rooms;
        this.organizations = organizations;
        this.members = members;
        this.users = users;
        this.clock = clock;
    }

    /** Of the organization as a whole, whichever of its projects the caller is in: it names none of them. */
    public ProcessingRecord of(OrganizationId organization) {
        return Walls.withinAllProjects(() -> new ProcessingRecord(
                clock.instant(),
                organizations.find(organization).name(),
                users.find(members.owners(organization)).values().stream()
                        .sorted(Comparator.comparing(User::email))
                        .map(user -> new Contact(user.name(), user.email()))
                        .toList(),
                all(room -> room.categories(organization)),
                all(room -> room.recipients(organization)),
                all(room -> room.measures(organization))));
    }

    private <T> List<T> all(Function<ProcessedData, Collection<T>> part) {
        return rooms.stream().flatMap(room -> part.apply(room).stream()).toList();
    }
}
