package dev.cadre.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the database itself keeps apart, whatever a statement of ours asks for. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WallsIT {

    /** What belongs to the installation or to a person, not to an organization. */
    private static final List<String> OF_NO_ORGANIZATION = List.of(
            "account_token",
            "audit_key",
            "connection_generation",
            "first_organization",
            "flyway_schema_history",
            "installation",
            "known_device",
            "mail_message",
            "node",
            "password_request",
            "person_to_forget",
            "plugin_generation",
            "plugin_jar",
            "plugin_state",
            "recovery_code",
            "refresh_token",
            "second_factor",
            "session",
            "sign_in_attempt",
            "user_account",
            "webhook_generation");

    /** What members of all projects share. The log is for those who may read it, whole. */
    private static final List<String> OF_THE_WHOLE_ORGANIZATION = List.of(
            "api_key",
            "audit_anchor",
            "audit_event",
            "audit_head",
            "audit_retention",
            "audit_shipped",
            "audit_to_blank",
            "custom_role",
            "data_key",
            "idempotency_key",
            "invitation",
            "membership",
            "organization",
            "owner_of_key",
            "project_member",
            "request_limit",
            "run_retention",
            "security_rules",
            "service_account",
            "sso_attempt",
            "sso_domain",
            "sso_identity",
            "sso_provider",
            "sso_session");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void everyTableHasAWallOrBelongsToNoOrganization() {
        var open = jdbc.sql("""
                        select relname from pg_class c where relnamespace = 'cadre'::regnamespace and relkind in ('r', 'p')
                          and relname not like 'act\\_%' and relname not like 'flw\\_%'
                          and not (relrowsecurity and (select count(*) from pg_policy where polrelid = c.oid and polname in ('hub', 'organization')) = 2)
                        order by relname""").query(String.class).list();
        assertThat(open).containsExactlyElementsOf(OF_NO_ORGANIZATION);
    }

    @Test
    void everyTableHasAProjectsWallToo_orBelongsToTheWholeOrganization() {
        var open = jdbc.sql("""
                        select relname from pg_class c where relnamespace = 'cadre'::regnamespace and relkind in ('r', 'p')
                          and relrowsecurity and not exists (select from pg_policy
                            where polrelid = c.oid and polname = 'project' and not polpermissive)
                        order by relname""").query(String.class).list();
        assertThat(open).containsExactlyElementsOf(OF_THE_WHOLE_ORGANIZATION);
    }

    @Test
    void worksInRolesThatCanNotLookOverAWall() {
        var here = new OrganizationId(UUID.randomUUID());
        var member = new UserId(UUID.randomUUID());
        assertThat(List.of(role(), Walls.within(here, this::role), Walls.withinProjectsOf(member, here, this::role)))
                .containsExactly("cadre_hub", "cadre_organization", "cadre_project");
        assertThat(jdbc.sql("""
                        select count(*) from pg_roles where rolname in ('cadre_hub', 'cadre_organization', 'cadre_project')
                          and (rolsuper or rolbypassrls or rolcreaterole or rolcanlogin)""").query(Integer.class).single()).isZero();
        assertThat(jdbc.sql("""
                        select count(*) from pg_class c join pg_roles r on r.oid = c.relowner
                        where relnamespace = 'cadre'::regnamespace and rolname like 'cadre\\_%'""").query(Integer.class).single())
                .as("tables that a role owns, whose walls it could take down")
                .isZero();
    }

    @Test
    void showsTheRowsOfOneOrganizationOnly() {
        var mine = busy();
        var theirs = busy();
        for (var table : walled()) {
            var count = "select count(*) from " + table + " where organization_id = ?";
            int all = count(count, mine);
            assertThat(Walls.<Integer, RuntimeException>within(mine, () -> count(count, mine)))
                    .as("own rows of %s", table)
                    .isEqualTo(all);
            assertThat(Walls.<Integer, RuntimeException>within(mine, () -> count(count, theirs)))
                    .as("foreign rows of %s", table)
                    .isZero();
        }
        assertThat(Walls.<Integer, RuntimeException>within(
                        mine,
                        () -> jdbc.sql("select count(*) from organization")
                                .query(Integer.class)
                                .single()))
                .isOne();
    }

    @Test
    void showsWhatBelongsToAProjectToItsMembersOnly() {
        var here = busy();
        var member = new UserId(jdbc.sql("select user_id from membership where organization_id = ?")
                .param(here.value())
                .query(UUID.class)
                .single());
        var stranger = new UserId(UUID.randomUUID());
        var project = UUID.randomUUID();
        jdbc.sql("insert into project (id, organization_id, name, description) values (?, ?, 'Billing', '')")
                .params(project, here.value())
                .update();
        jdbc.sql("insert into project_member (project_id, user_id, organization_id) values (?, ?, ?)")
                .params(project, member.value(), here.value())
                .update();
        jdbc.sql("update workflow set project_id = ? where organization_id = ?")
                .params(project, here.value())
                .update();
        int full = 0;
        for (var table : ofProjects()) {
            var count = "select count(*) from " + table + " where organization_id = ?";
            int all = count(count, here);
            full += all > 0 ? 1 : 0;
            assertThat(Walls.<Integer, RuntimeException>withinProjectsOf(member, here, () -> count(count, here)))
                    .as("%s for a member", table)
                    .isEqualTo(all);
            assertThat(Walls.<Integer, RuntimeException>withinProjectsOf(stranger, here, () -> count(count, here)))
                    .as("%s for somebody else", table)
                    .isZero();
        }
        assertThat(full).as("tables with rows to hide").isGreaterThanOrEqualTo(6);
        assertThatThrownBy(() -> Walls.withinProjectsOf(
                        stranger,
                        here,
                        () -> jdbc.sql("""
                                        insert into workflow (id, organization_id, name, description, revision, project_id)
                                        values (gen_random_uuid(), ?, '', '', 1, ?)""").params(here.value(), project).update()))
                .hasStackTraceContaining("row-level security");
        assertThatThrownBy(() -> Walls.withinProjectsOf(
                        member,
                        here,
                        () -> new TransactionTemplate(transactions).execute(_ -> Walls.withinAllProjects(this::role))))
                .isInstanceOf(IllegalStateException.class);
    }

    private List<String> ofProjects() {
        return jdbc.sql("""
                        select polrelid::regclass::text from pg_policy where polname = 'project'""").query(String.class).list();
    }

    @Test
    void refusesRowsThatWouldBeAnotherOrganizations() {
        var mine = busy();
        var theirs = busy();
        assertThatThrownBy(() -> Walls.within(
                        mine,
                        () -> jdbc.sql("insert into data_key (organization_id, wrapped_key) values (?, ''::bytea)")
                                .param(UUID.randomUUID())
                                .update()))
                .hasStackTraceContaining("row-level security");
        assertThatThrownBy(() -> Walls.within(
                        mine,
                        () -> jdbc.sql("update workflow set organization_id = ? where organization_id = ?")
                                .param(theirs.value())
                                .param(mine.value())
                                .update()))
                .hasStackTraceContaining("row-level security");
        assertThat(Walls.<Integer, RuntimeException>within(
                        mine,
                        () -> jdbc.sql("delete from workflow where organization_id = ?")
                                .param(theirs.value())
                                .update()))
                .isZero();
    }

    @Test
    void noConnectionCarriesAnOrganizationToTheNext() throws Exception {
        var looks = new ArrayList<Future<Boolean>>();
        var organizations = List.of(busy(), busy(), busy());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 600; i++) {
                var organization = organizations.get(i % organizations.size());
                boolean failing = i % 7 == 0;
                looks.add(threads.submit(() -> Walls.within(organization, () -> sees(organization, failing))));
                looks.add(threads.submit(() -> role().equals("cadre_hub")));
            }
        }
        assertThat(looks).allMatch(look -> look.state() == Future.State.SUCCESS && look.resultNow());
    }

    @Test
    void anOrganizationsTransactionStaysWithinItsWalls() {
        var here = new OrganizationId(UUID.randomUUID());
        assertThatThrownBy(() -> Walls.within(
                        here, () -> new TransactionTemplate(transactions).execute(_ -> Walls.outside(this::role))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside");
        assertThat(Walls.<String, RuntimeException>within(here, () -> Walls.outside(this::role)))
                .isEqualTo("cadre_hub");
    }

    /** Some of it in a transaction that is rolled back. */
    private boolean sees(OrganizationId organization, boolean failing) {
        var seen = new TransactionTemplate(transactions).execute(status -> {
            if (failing) {
                status.setRollbackOnly();
            }
            return jdbc.sql("select distinct organization_id from workflow")
                    .query(UUID.class)
                    .single();
        });
        return organization.value().equals(seen);
    }

    private String role() {
        return jdbc.sql("select current_user::text").query(String.class).single();
    }

    private int count(String sql, OrganizationId organization) {
        return jdbc.sql(sql).param(organization.value()).query(Integer.class).single();
    }

    private List<String> walled() {
        return jdbc.sql("""
                        select relname from pg_class c where relnamespace = 'cadre'::regnamespace and relrowsecurity
                          and relname <> 'organization'""").query(String.class).list();
    }

    /** An organization with a workflow, its versions, a webhook and a run. */
    private OrganizationId busy() {
        var user = TestUser.register(port);
        var runs = new TestRuns(user);
        runs.finished(Bpmn.manual().end("end", "{}").flow("start", "end"), Map.of());
        return new OrganizationId(UUID.fromString(user.organization()));
    }
}
