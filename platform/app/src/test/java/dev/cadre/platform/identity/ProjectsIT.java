package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Projects themselves: who makes them, who is in them, when they may go. What they hide: {@code ProjectSightIT}. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProjectsIT {

    private static final String PROJECTS = "/api/v1/projects";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private TestUser owner;

    @BeforeEach
    void signUp() {
        owner = TestUser.register(port);
    }

    @Test
    void anAdministratorMakesChangesAndDeletesProjects() {
        var made = owner.post(PROJECTS, Map.of("name", " Billing ", "description", "Invoices"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var path = made.header("Location");
        assertThat(made.json().path("name").asString()).isEqualTo("Billing");

        assertThat(owner.patch(path, Map.of("name", "Money")).status()).isEqualTo(428);
        var tag = owner.get(path).header("ETag");
        var changed = owner.patch(path, Map.of("name", "Money"), "If-Match", tag);
        assertThat(changed.json().path("name").asString()).isEqualTo("Money");
        assertThat(changed.json().path("description").asString()).isEqualTo("Invoices");
        assertThat(owner.patch(path, Map.of("name", "Late"), "If-Match", tag).status())
                .isEqualTo(412);

        assertThat(owner.delete(path).status()).isEqualTo(204);
        assertThat(owner.get(path).status()).isEqualTo(404);
        assertThat(actions()).contains("project.created", "project.changed", "project.deleted");
    }

    @Test
    void refusesNamesThatAreTakenEmptyOrTooLong() {
        assertThat(owner.post(PROJECTS, Map.of("name", "Billing")).status()).isEqualTo(201);
        var taken = owner.post(PROJECTS, Map.of("name", "BILLING"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().path("code").asString()).isEqualTo("project-name-taken");
        for (var name : List.of("", "  ", "a\nb", "x".repeat(61))) {
            assertThat(owner.post(PROJECTS, Map.of("name", name)).status())
                    .as(name)
                    .isEqualTo(422);
        }
        assertThat(owner.post(PROJECTS, "{\"name\":\"a\",\"description\":\"\\u0000\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void membersAreAddedAndRemovedAndLeaveWithTheOrganization() {
        var project = project("Billing");
        var member = owner.colleague("member");
        var other = owner.colleague("viewer");
        var stranger = TestUser.register(port);
        assertThat(add(project, member).status()).isEqualTo(204);
        assertThat(add(project, member).status()).as("again").isEqualTo(204);
        assertThat(add(project, other).status()).isEqualTo(204);
        assertThat(add(project, stranger).status())
                .as("of another organization")
                .isEqualTo(404);

        var members = owner.get(PROJECTS + "/" + project + "/members").json().path("items");
        assertThat(members.valueStream().map(it -> it.path("email").asString()))
                .containsExactlyInAnyOrder(member.email(), other.email());
        var first = owner.get(PROJECTS + "/" + project + "/members?limit=1").json();
        assertThat(first.path("items").size()).isOne();
        assertThat(owner.get(PROJECTS + "/" + project + "/members?limit=1&cursor="
                                + first.path("nextCursor").asString())
                        .json()
                        .path("items")
                        .size())
                .isOne();

        assertThat(remove(project, other).status()).isEqualTo(204);
        assertThat(remove(project, other).status()).isEqualTo(404);
        assertThat(owner.delete("/api/v1/organizations/members/" + member.id()).status())
                .isEqualTo(204);
        assertThat(owner.get(PROJECTS + "/" + project).json().path("members").asInt())
                .isZero();
        assertThat(actions()).contains("project.member-added", "project.member-removed");
    }

    @Test
    void aProjectGoesOnlyWhenItIsEmpty() {
        var project = project("Billing");
        var workflow = workflow(owner, project).json().path("id").asString();
        var refused = owner.delete(PROJECTS + "/" + project);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("project-not-empty");
        assertThat(refused.json().path("detail").asString()).contains("1 workflow:");
        assertThat(owner.get(PROJECTS + "/" + project).json().path("workflows").asInt())
                .isOne();

        var moved = owner.put("/api/v1/workflows/" + workflow + "/project", "{\"projectId\":null}");
        assertThat(moved.status()).as(moved.body()).isEqualTo(200);
        assertThat(moved.json().path("projectId").isNull()).isTrue();
        assertThat(owner.delete(PROJECTS + "/" + project).status()).isEqualTo(204);
        assertThat(actions()).contains("workflow.moved");
    }

    @Test
    void whoIsNotAMemberSeesNoProjectAndPutsNothingIntoIt() {
        var project = project("Billing");
        var workflow = workflow(owner, null).json().path("id").asString();
        var member = owner.colleague("member");
        assertThat(member.get(PROJECTS).json().path("items").size()).isZero();
        assertThat(member.get(PROJECTS + "/" + project).status()).isEqualTo(404);
        assertThat(member.get(PROJECTS + "/" + project + "/members").status()).isEqualTo(404);
        var created = workflow(member, project);
        assertThat(created.status()).isEqualTo(422);
        assertThat(created.json().path("violations").path(0).path("pointer").asString())
                .isEqualTo("/projectId");
        assertThat(created.body())
                .as("the same as for a project that is not there")
                .isEqualToIgnoringWhitespace(
                        withoutTrace(workflow(member, UUID.randomUUID().toString()), created));
        assertThat(move(member, workflow, project).status()).isEqualTo(422);

        add(project, member);
        assertThat(member.get(PROJECTS).json().path("items").size()).isOne();
        assertThat(move(member, workflow, project).status()).isEqualTo(200);
        assertThat(workflow(member, project).status()).isEqualTo(201);
        assertThat(member.get("/api/v1/workflows?projectId=" + project)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void membersDoNotManageProjectsAndWhoMayWithoutSeeingAllIsInTheirOwn() {
        var project = project("Billing");
        var member = owner.colleague("member");
        assertThat(member.post(PROJECTS, Map.of("name", "Mine")).status()).isEqualTo(403);
        assertThat(member.put(PROJECTS + "/" + project + "/members/" + member.id(), Map.of())
                        .status())
                .isEqualTo(403);

        var role = owner.post("/api/v1/roles", Map.of("name", "Lead", "permissions", List.of("project:manage")));
        var lead = owner.colleague(role.json().path("id").asString());
        assertThat(lead.patch(PROJECTS + "/" + project, Map.of("name", "Mine"), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(404);
        assertThat(lead.put(PROJECTS + "/" + project + "/members/" + lead.id(), Map.of())
                        .status())
                .as("nobody makes themselves a member of what they don't see")
                .isEqualTo(404);
        assertThat(lead.delete(PROJECTS + "/" + project).status()).isEqualTo(404);
        var own = lead.post(PROJECTS, Map.of("name", "Own"));
        assertThat(own.status()).as(own.body()).isEqualTo(201);
        assertThat(own.json().path("members").asInt()).isOne();
        assertThat(lead.get(PROJECTS).json().path("items").size()).isOne();
        assertThat(lead.delete(own.header("Location")).status()).isEqualTo(204);
    }

    @Test
    void anotherOrganizationsProjectIsNotThere() {
        var project = project("Billing");
        var stranger = TestUser.register(port);
        assertThat(stranger.get(PROJECTS + "/" + project).status()).isEqualTo(404);
        assertThat(stranger.delete(PROJECTS + "/" + project).status()).isEqualTo(404);
        assertThat(stranger.put(PROJECTS + "/" + project + "/members/" + stranger.id(), Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(workflow(stranger, project).status()).isEqualTo(422);
    }

    private String project(String name) {
        return owner.post(PROJECTS, Map.of("name", name)).json().path("id").asString();
    }

    private Answer add(String project, TestUser user) {
        return owner.put(PROJECTS + "/" + project + "/members/" + user.id(), Map.of());
    }

    private Answer remove(String project, TestUser user) {
        return owner.delete(PROJECTS + "/" + project + "/members/" + user.id());
    }

    private static Answer workflow(TestUser user, String project) {
        var body = new HashMap<String, Object>(Map.of("name", "Invoices"));
        body.put("projectId", project);
        return user.post("/api/v1/workflows", body);
    }

    private static Answer move(TestUser user, String workflow, String project) {
        return user.put("/api/v1/workflows/" + workflow + "/project", Map.of("projectId", project));
    }

    private static String withoutTrace(Answer answer, Answer like) {
        return answer.body()
                .replace(
                        answer.json().path("traceId").asString(),
                        like.json().path("traceId").asString());
    }

    private List<String> actions() {
        return jdbc.sql("select action from audit_event where organization_id = ?::uuid")
                .param(owner.organization())
                .query(String.class)
                .list();
    }
}
