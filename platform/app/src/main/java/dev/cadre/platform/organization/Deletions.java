package dev.cadre.platform.organization;

import dev.cadre.platform.organization.internal.DeletionSettings;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes organizations in two steps: from an owner's wish on nothing of it runs, and after a time in which any owner can
 * take it back, everything of it is erased.
 */
@Service
public class Deletions {

    private final JdbcClient jdbc;
    private final DeletionSettings settings;
    private final ApplicationEventPublisher events;

    Deletions(JdbcClient jdbc, DeletionSettings settings, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.events = events;
    }

    /** When it will be erased; a second wish changes nothing. The name is typed by the owner, so that it is meant. */
    @Transactional
    public Instant request(Organization organization, String typed) {
        if (!organization.name().equals(typed.strip())) {
            throw OrganizationException.name("Is not the name of the organization.");
        }
        int changed = jdbc.sql("""
                        update organization set deletes_at = now() + make_interval(secs => ?), revision = revision + 1
                        where id = ? and deletes_at is null""")
                .param(settings.grace().toSeconds())
                .param(organization.id().value())
                .update();
        if (changed == 1) {
            events.publishEvent(new DeletionChanged(organization.id(), true));
            events.publishEvent(Audited.of(
                    organization.id(), "organization.deletion-requested", Organizations.subject(organization)));
        }
        return jdbc.sql("select deletes_at from organization where id = ?")
                .param(organization.id().value())
                .query(OffsetDateTime.class)
                .optional()
                .orElseThrow(OrganizationException::notFound)
                .toInstant();
    }

    /** Nothing where nobody has asked for the deletion; too late once it has begun. */
    @Transactional
    public void takeBack(Organization given) {
        var organization = given.id();
        int changed = jdbc.sql("""
                        update organization set deletes_at = null, revision = revision + 1
                        where id = ? and deletes_at > now()""").param(organization.value()).update();
        if (changed == 1) {
            events.publishEvent(new DeletionChanged(organization, false));
            events.publishEvent(Audited.of(organization, "organization.restored", Organizations.subject(given)));
        } else if (isRequested(organization)) {
            throw OrganizationException.notFound();
        }
    }

    public boolean isRequested(OrganizationId organization) {
        return jdbc.sql("select 1 from organization where id = ? and deletes_at is not null")
                .param(organization.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** All whose deletion was asked for. */
    public List<OrganizationId> requested() {
        return jdbc.sql("select id from organization where deletes_at is not null order by id")
                .query((row, number) -> new OrganizationId(row.getObject(1, UUID.class)))
                .list();
    }
}
