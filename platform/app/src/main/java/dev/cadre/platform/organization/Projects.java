package dev.cadre.platform.organization;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps projects and who is in them. A caller who does not see all projects finds their own here: the database hides the others
 * (ADR 43).
 */
@Service
public class Projects {

    /** More than anybody can tell apart; so that they need no pages. */
    public static final int MOST = 500;

    private static final int MAX_NAME = 60;
    private static final String SELECT = """
            select p.id, p.name, p.description, p.revision, p.created_at,
              (select count(*)::int from project_member m where m.project_id = p.id) as members
            from project p where p.organization_id = ?""";

    private final JdbcClient jdbc;
    private final List<ProjectContents> contents;
    private final ApplicationEventPublisher events;

    Projects(JdbcClient jdbc, List<ProjectContents> contents, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.events = events;
    }

    /** By name. */
    public List<Project> list(OrganizationId organization) {
        return jdbc.sql(SELECT + " order by lower(p.name)")
                .param(organization.value())
                .query(Projects::project)
                .list();
    }

    public Project get(OrganizationId organization, ProjectId id) {
        return find(organization, id).orElseThrow(OrganizationException::projectNotFound);
    }

    private Optional<Project> find(OrganizationId organization, ProjectId id) {
        return jdbc.sql(SELECT + " and p.id = ?")
                .param(organization.value())
                .param(id.value())
                .query(Projects::project)
                .optional();
    }

    /** How many things of each kind belong to each project: {@code workflow} → how many. */
    public Map<ProjectId, Map<String, Integer>> contents(OrganizationId organization) {
        var all = new HashMap<ProjectId, Map<String, Integer>>();
        for (var kind : contents) {
            kind.counts(organization)
                    .forEach((project, count) ->
                            all.computeIfAbsent(project, _ -> new TreeMap<>()).put(kind.kind(), count));
        }
        return all;
    }

    /** @param first who is in it from the beginning; null for nobody */
    @Transactional
    public Project create(OrganizationId organization, String name, String description, @Nullable UserId first) {
        jdbc.sql("select 1 from organization where id = ? for update")
                .param(organization.value())
                .query(Integer.class)
                .optional();
        int known = jdbc.sql("select count(*) from project where organization_id = ?")
                .param(organization.value())
                .query(Integer.class)
                .single();
        if (known >= MOST) {
            throw OrganizationException.tooManyProjects(MOST);
        }
        var id = ProjectId.create();
        try {
            jdbc.sql("insert into project (id, organization_id, name, description) values (?, ?, ?, ?)")
                    .params(id.value(), organization.value(), name(name), description(description))
                    .update();
        } catch (DuplicateKeyException e) {
            throw OrganizationException.projectNameTaken();
        }
        if (first != null) {
            insertMember(organization, id, first);
        }
        var created = get(organization, id);
        events.publishEvent(Audited.of(organization, "project.created", subject(created), facts(created)));
        return created;
    }

    /** Changes it unless somebody else has since the given revision; empty then. */
    @Transactional
    public Optional<Project> change(
            OrganizationId organization, ProjectId id, String name, String description, long revision) {
        var before = get(organization, id);
        int changed;
        try {
            changed = jdbc.sql("""
                            update project set name = ?, description = ?, revision = revision + 1
                            where organization_id = ? and id = ? and revision = ?""")
                    .params(name(name), description(description), organization.value(), id.value(), revision)
                    .update();
        } catch (DuplicateKeyException e) {
            throw OrganizationException.projectNameTaken();
        }
        if (changed == 0) {
            return Optional.empty();
        }
        var after = get(organization, id);
        events.publishEvent(
                Audited.changed(organization, "project.changed", subject(after), facts(before), facts(after)));
        return Optional.of(after);
    }

    /** Refuses (409) a project to which something belongs. */
    @Transactional
    public void delete(OrganizationId organization, ProjectId id) {
        if (!lock(organization, id, "for update")) {
            throw OrganizationException.projectNotFound();
        }
        var going = get(organization, id);
        var left = contents(organization).getOrDefault(id, Map.of());
        if (!left.isEmpty()) {
            throw OrganizationException.projectNotEmpty(left);
        }
        events.publishEvent(Audited.changed(organization, "project.deleted", subject(going), facts(going), Map.of()));
        jdbc.sql("delete from project where organization_id = ? and id = ?")
                .params(organization.value(), id.value())
                .update();
        events.publishEvent(new ProjectsChanged(organization));
    }

    /**
     * Keeps the project until the end of the transaction that puts something into it; refuses (422) one that is not there or not
     * in sight. Null is the whole organization.
     */
    public void hold(OrganizationId organization, @Nullable ProjectId id) {
        if (id != null && !lock(organization, id, "for share")) {
            throw OrganizationException.noSuchProject();
        }
    }

    /** What an event says of where a thing belongs: the project's name, null for the whole organization. */
    public @Nullable String name(OrganizationId organization, @Nullable ProjectId id) {
        return id == null ? null : find(organization, id).map(Project::name).orElse(null);
    }

    /** Members behind the given one, in the order of their ids. */
    public List<UserId> members(OrganizationId organization, ProjectId id, Optional<UserId> after, int limit) {
        get(organization, id);
        return jdbc.sql("""
                        select user_id from project_member where organization_id = ? and project_id = ? and user_id > ?
                        order by user_id limit ?""")
                .params(
                        organization.value(),
                        id.value(),
                        after.map(UserId::value).orElse(new UUID(0, 0)),
                        limit)
                .query((row, number) -> new UserId(row.getObject("user_id", UUID.class)))
                .list();
    }

    /** Nothing changes where the user is in it already. */
    @Transactional
    public void add(OrganizationId organization, ProjectId id, UserId user) {
        if (!lock(organization, id, "for share")) {
            throw OrganizationException.projectNotFound();
        }
        var known = jdbc.sql("select true from membership where organization_id = ? and user_id = ? for key share")
                .params(organization.value(), user.value())
                .query(Boolean.class)
                .optional();
        if (known.isEmpty()) {
            throw OrganizationException.memberNotFound();
        }
        if (insertMember(organization, id, user)) {
            membersChanged(
                    get(organization, id),
                    organization,
                    "project.member-added",
                    Map.of(),
                    Map.of("member", user.toString()));
        }
    }

    /** Refuses (404) who is not in it. */
    @Transactional
    public void remove(OrganizationId organization, ProjectId id, UserId user) {
        var project = get(organization, id); // before: whoever goes themselves sees it no more
        int removed = jdbc.sql(
                        "delete from project_member where organization_id = ? and project_id = ? and user_id = ?")
                .params(organization.value(), id.value(), user.value())
                .update();
        if (removed == 0) {
            throw OrganizationException.notInProject();
        }
        membersChanged(project, organization, "project.member-removed", Map.of("member", user.toString()), Map.of());
    }

    private void membersChanged(
            Project project, OrganizationId organization, String action, Map<String, ?> before, Map<String, ?> after) {
        events.publishEvent(Audited.changed(organization, action, subject(project), before, after));
        events.publishEvent(new ProjectsChanged(organization));
    }

    private boolean insertMember(OrganizationId organization, ProjectId id, UserId user) {
        return jdbc.sql("""
                        insert into project_member (project_id, user_id, organization_id) values (?, ?, ?)
                        on conflict do nothing""")
                        .params(id.value(), user.value(), organization.value())
                        .update()
                == 1;
    }

    private boolean lock(OrganizationId organization, ProjectId id, String how) {
        return jdbc.sql("select true from project where organization_id = ? and id = ? " + how)
                .params(organization.value(), id.value())
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    private static Subject subject(Project project) {
        return Subject.of("project", project.id(), project.name());
    }

    private static Map<String, ?> facts(Project project) {
        return Map.of("name", project.name(), "description", project.description());
    }

    private static String name(String name) {
        var stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME) {
            throw OrganizationException.name("Must have 1 to " + MAX_NAME + " characters.");
        }
        if (stripped.chars().anyMatch(Character::isISOControl)) {
            throw OrganizationException.name("Must not contain control characters.");
        }
        return stripped;
    }

    private static String description(String description) {
        return description.strip();
    }

    private static Project project(ResultSet row, int number) throws SQLException {
        return new Project(
                new ProjectId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("description"),
                row.getInt("members"),
                row.getLong("revision"),
                row.getTimestamp("created_at").toInstant());
    }
}
