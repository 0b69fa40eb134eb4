package dev.cadre.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.identity.internal.TotpCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every operation that changes something leaves the event that {@link AuditedOperations} says. An operation that is not there
 * fails this test: do it here and say its event, or say why it leaves none.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditedOperationsIT extends AuditedCalls {

    @Test
    @Order(1)
    void accounts() {
        var registered = does(
                        "authenticationRegister",
                        () -> TestUser.nobody(port)
                                .post(
                                        "/auth/register",
                                        Map.of(
                                                "email",
                                                UUID.randomUUID() + "@example.com",
                                                "password",
                                                TestUser.PASSWORD,
                                                "name",
                                                "Ada")))
                .json();
        var email = registered.path("user").path("email").asString();
        var nobody = TestUser.nobody(port);
        var signedIn = does(
                "authenticationLogin",
                () -> nobody.post("/auth/login", Map.of("email", email, "password", TestUser.PASSWORD)));
        var person = nobody.withToken(signedIn.json().path("accessToken").asString());
        does("accountRename", () -> person.patch("/api/v1/me", Map.of("name", "Augusta")));
        does("accountSendVerification", () -> person.post("/api/v1/me/verification", Map.of()));
        does(
                "accountChangeEmail",
                () -> person.post(
                        "/api/v1/me/email",
                        Map.of("email", UUID.randomUUID() + "@example.com", "password", TestUser.PASSWORD)));
        var other = person.get("/api/v1/me/sessions")
                .json()
                .path("items")
                .valueStream()
                .filter(session -> !session.path("current").asBoolean())
                .findFirst()
                .orElseThrow();
        does(
                "accountEndSession",
                () -> person.delete("/api/v1/me/sessions/" + other.path("id").asString()));
        does("accountEndOtherSessions", () -> person.delete("/api/v1/me/sessions"));
        var password = Map.of("password", TestUser.PASSWORD);
        var secret = does("secondFactorEnrol", () -> person.post("/api/v1/me/totp", password))
                .json()
                .path("secret")
                .asString();
        does(
                "secondFactorConfirm",
                () -> person.post("/api/v1/me/totp/confirm", Map.of("code", TotpCodes.now(secret))));
        does("secondFactorNewRecoveryCodes", () -> person.post("/api/v1/me/totp/recovery-codes", password));
        does("secondFactorDisable", () -> person.post("/api/v1/me/totp/disable", password));
        does("authenticationForgotPassword", () -> nobody.post("/auth/password/forgot", Map.of("email", email)));
        does(
                "accountChangePassword",
                () -> person.post(
                        "/api/v1/me/password",
                        Map.of("currentPassword", TestUser.PASSWORD, "password", "a quite different sentence")));
        does(
                "authenticationLogout",
                () -> nobody.post("/auth/logout", Map.of(), "Authorization", "Bearer " + person.token()));
    }

    @Test
    @Order(1)
    void organizations() {
        var colleague = TestUser.register(port);
        var members = "/api/v1/organizations/members";
        does("memberAdd", () -> owner.post(members, Map.of("email", colleague.email(), "role", "viewer")));
        does("memberChange", () -> owner.patch(members + "/" + colleague.id(), Map.of("role", "member")));
        does(
                "organizationSwitchTo",
                () -> colleague.post("/api/v1/organizations/" + owner.organization() + "/switch", Map.of()));
        does("memberRemove", () -> owner.delete(members + "/" + colleague.id()));
        does(
                "organizationRename",
                () -> owner.patch("/api/v1/organizations/" + owner.organization(), Map.of("name", "New")));
        does("organizationCreate", () -> owner.post("/api/v1/organizations", Map.of("name", "Second")));
        does("auditVerify", () -> owner.post("/api/v1/audit-verifications", Map.of()));
        does(
                "auditChangeRetention",
                () -> owner.put("/api/v1/audit-retention", Map.of("days", 90), "If-Match", "\"0\""));
        does("retentionChange", () -> owner.put("/api/v1/retention", Map.of("logs", 7), "If-Match", "\"0\""));
        does("pluginDisable", () -> owner.post("/api/v1/plugins/delay/disable", ""));
        does("pluginEnable", () -> owner.post("/api/v1/plugins/delay/enable", ""));
    }

    @Test
    @Order(1)
    void peopleWhoComeAndGo() {
        var members = "/api/v1/organizations/members";
        var pending = "/api/v1/organizations/invitations/";
        var first = UUID.randomUUID() + "@example.com";
        var second = UUID.randomUUID() + "@example.com";
        owner.post(members, Map.of("email", first, "role", "viewer"));
        owner.post(members, Map.of("email", second, "role", "viewer"));
        does("invitationResend", () -> owner.post(pending + id(first) + "/resend", Map.of()));
        does(
                "joiningJoin",
                () -> TestUser.nobody(port)
                        .post(
                                "/auth/invitations/join",
                                Map.of("token", link(first), "password", TestUser.PASSWORD, "name", "Grace")));
        var newcomer = TestUser.register(port);
        jdbc.sql("update user_account set email = ? where id = ?::uuid")
                .param(second)
                .param(newcomer.id())
                .update();
        does("invitationAccept", () -> newcomer.post(pending + "accept", Map.of("token", link(second))));
        var third = UUID.randomUUID() + "@example.com";
        owner.post(members, Map.of("email", third, "role", "viewer"));
        does("invitationRevoke", () -> owner.delete(pending + id(third)));
        var heir = owner.colleague("admin");
        var own = "/api/v1/organizations/" + owner.organization();
        does("organizationDelete", () -> owner.delete(own + "?name=Analytical%20Engines"));
        does("organizationRestore", () -> owner.post(own + "/restore", Map.of()));
        does(
                "organizationTransfer",
                () -> owner.post(own + "/transfer", Map.of("userId", heir.id(), "password", TestUser.PASSWORD)));
        does("organizationLeave", () -> owner.post(own + "/leave", Map.of()));
    }

    @Test
    @Order(1)
    void rolesKeysAndLimits() {
        var role = does(
                "roleCreate",
                () -> owner.post("/api/v1/roles", Map.of("name", "Operator", "permissions", List.of("run:read"))));
        var path = "/api/v1/roles/" + role.json().path("id").asString();
        does(
                "roleChange",
                () -> owner.put(
                        path,
                        Map.of("name", "Operator", "permissions", List.of("run:read", "run:retry")),
                        "If-Match",
                        role.header("ETag")));
        does("roleDelete", () -> owner.delete(path));
        does("rateLimitChange", () -> owner.put("/api/v1/rate-limits", Map.of("eachCaller", 200)));
        var key = does(
                        "apiKeyCreate",
                        () -> owner.post(
                                "/api/v1/api-keys",
                                Map.of(
                                        "name",
                                        "Key",
                                        "scopes",
                                        List.of("run:read"),
                                        "expiresAt",
                                        Instant.now().plusSeconds(86_400).toString())))
                .json();
        var keyPath = "/api/v1/api-keys/" + key.path("apiKey").path("id").asString();
        does("apiKeyChange", () -> owner.patch(keyPath, Map.of("name", "Key 2")));
        does("apiKeyRevoke", () -> owner.delete(keyPath));
        var account = does(
                "serviceAccountCreate",
                () -> owner.post("/api/v1/service-accounts", Map.of("name", "Robot", "role", "viewer")));
        var accountPath =
                "/api/v1/service-accounts/" + account.json().path("id").asString();
        does("serviceAccountChange", () -> owner.patch(accountPath, Map.of("name", "Robot 2")));
        does("serviceAccountDelete", () -> owner.delete(accountPath));
    }

    @Test
    @Order(1)
    void projectsAndRules() {
        var colleague = owner.colleague("member");
        var projects = "/api/v1/projects";
        var created = does("projectCreate", () -> owner.post(projects, Map.of("name", "Engines")));
        var project = created.json().path("id").asString();
        var path = projects + "/" + project;
        does("projectChange", () -> owner.patch(path, Map.of("name", "Machines"), "If-Match", created.header("ETag")));
        does("projectAdd", () -> owner.put(path + "/members/" + colleague.id(), Map.of()));
        does("projectRemove", () -> owner.delete(path + "/members/" + colleague.id()));
        var workflow = created(Bpmn.manual().end("end").flow("start", "end"));
        does("workflowMove", () -> owner.put(workflow + "/project", Map.of("projectId", project)));
        owner.delete(workflow, "If-Match", owner.get(workflow).header("ETag"));
        var values = Map.of("baseUrl", outside.url(""), "authentication", "NONE");
        var connection = "/api/v1/connections/"
                + owner.post("/api/v1/connections", Map.of("name", "Bank", "type", "rest", "values", values))
                        .json()
                        .path("id")
                        .asString();
        does("connectionMove", () -> owner.put(connection + "/project", Map.of("projectId", project)));
        owner.delete(connection);
        does("projectDelete", () -> owner.delete(path));
        does(
                "securityRulesChange",
                () -> owner.put(
                        "/api/v1/organizations/security",
                        Map.of("allowedAddresses", List.of(), "sessionHours", 100, "secondFactorRequired", false),
                        "If-Match",
                        "*"));
    }

    @Test
    @Order(1)
    void connections() {
        var values = Map.of("baseUrl", outside.url(""), "authentication", "BEARER", "secret", "s3cret-of-a-connection");
        var created = does(
                "connectionCreate",
                () -> owner.post("/api/v1/connections", Map.of("name", "Shop", "type", "rest", "values", values)));
        var path = "/api/v1/connections/" + created.json().path("id").asString();
        does("connectionTest", () -> owner.post(path + "/test", Map.of()));
        does("connectionLimitsChange", () -> owner.put(path + "/limits", Map.of("maxConcurrent", 3)));
        does("connectionChange", () -> owner.put(path, Map.of("name", "Shop 2", "type", "rest", "values", values)));
        does("connectionDelete", () -> owner.delete(path));
        assertThat(owner.get("/api/v1/audit-export?format=jsonl&action=connection")
                        .body())
                .contains("Shop 2", "maxConcurrent")
                .doesNotContain("s3cret-of-a-connection");
    }

    @Test
    @Order(1)
    void workflows() {
        var drawing = Bpmn.manual().end("end").flow("start", "end");
        var created = does(
                "workflowCreate", () -> owner.post("/api/v1/workflows", Map.of("name", "w", "bpmnXml", drawing.xml())));
        var path = "/api/v1/workflows/" + created.json().path("id").asString();
        does(
                "workflowSave",
                () -> owner.put(
                        path, Map.of("name", "w2", "bpmnXml", drawing.xml()), "If-Match", created.header("ETag")));
        does("workflowPublish", () -> owner.post(path + "/publish", Map.of()));
        does("workflowRunRun", () -> owner.post(path + "/run", Map.of()));
        does(
                "workflowDelete",
                () -> owner.delete(path, "If-Match", owner.get(path).header("ETag")));
        var calling = created(step("/fine"));
        does("workflowRunTest", () -> owner.post(calling + "/steps/call/test", Map.of()));
        var template = owner.get("/api/v1/templates")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        does("templateUse", () -> owner.post("/api/v1/templates/" + template + "/use", Map.of()));
        var hook = created(
                Bpmn.webhook("h-" + UUID.randomUUID(), "last-step").end("end").flow("start", "end"));
        does("triggerListen", () -> owner.post(hook + "/listen", Map.of()));
        does("triggerStopListening", () -> owner.delete(hook + "/listen"));
        var schedule = runs.published(Bpmn.startedBy("schedule", "{\"cron\":\"30 6 * * *\"}")
                .end("end")
                .flow("start", "end"));
        does("schedulePause", () -> owner.post("/api/v1/triggers/schedules/" + schedule + "/pause", Map.of()));
        does("scheduleResume", () -> owner.post("/api/v1/triggers/schedules/" + schedule + "/resume", Map.of()));
    }

    @Test
    @Order(1)
    void runs() {
        var workflow = runs.published(asking("1"));
        var run = waiting(workflow);
        does("runPause", () -> owner.post("/api/v1/runs/" + run + "/pause", Map.of()));
        does("runResume", () -> owner.post("/api/v1/runs/" + run + "/resume", Map.of()));
        var path = "/api/v1/workflows/" + workflow;
        owner.put(
                path,
                Map.of("name", "w", "bpmnXml", asking("2").xml()),
                "If-Match",
                owner.get(path).header("ETag"));
        owner.post(path + "/publish", Map.of());
        does(
                "migrationMigrate",
                () -> owner.post(path + "/migrations", Map.of("toVersion", 2, "runIds", List.of(run))));
        does("runCancel", () -> owner.post("/api/v1/runs/" + run + "/cancel", Map.of()));
        waiting(workflow);
        var asked = owner.get("/api/v1/approvals?open=true")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        does(
                "approvalDecide",
                () -> owner.post("/api/v1/approvals/" + asked + "/decision", Map.of("decision", "approve")));
        var broken = runs.published(step("/broken"));
        var letters = List.of(
                runs.startedOf(broken, Map.of()), runs.startedOf(broken, Map.of()), runs.startedOf(broken, Map.of()));
        letters.forEach(runs::ended);
        does(
                "deadLetterDiscard",
                () -> owner.post("/api/v1/dead-letters/discard", Map.of("runIds", List.of(letters.get(0)))));
        mended.set(true);
        does(
                "deadLetterRetry",
                () -> owner.post("/api/v1/dead-letters/retry", Map.of("runIds", List.of(letters.get(1)))));
        does("runRetry", () -> owner.post("/api/v1/runs/" + letters.get(2) + "/retry", Map.of()));
    }

    @Test
    @Order(1)
    void whatRunsWaitFor() {
        var once = runs.started(
                Bpmn.manual()
                        .step(
                                "pay",
                                "http-request",
                                TestRuns.post(outside, "/slow"),
                                "<cadre:delivery>at-most-once</cadre:delivery>",
                                "<cadre:timeout>PT0.3S</cadre:timeout>")
                        .end("done")
                        .flow("start", "pay", "done"),
                Map.of());
        await().atMost(LONG).until(() -> undecided(once) != null);
        does(
                "decisionDecide",
                () -> owner.post(
                        "/api/v1/tasks/" + undecided(once).path("id").asString() + "/decision",
                        Map.of("decision", "succeed")));
        var told = runs.started(
                Bpmn.manual()
                        .declare("<message id='m' name='paid'/>")
                        .caught("wait", "<messageEventDefinition messageRef='m'/>", "<cadre:message key='7'/>")
                        .end("end")
                        .flow("start", "wait", "end"),
                Map.of());
        await().atMost(LONG).until(() -> runs.statusesOf(runs.get(told), "wait").contains("waiting"));
        does("eventMessage", () -> owner.post("/api/v1/messages", Map.of("name", "paid", "key", "7")));
        does("eventSignal", () -> owner.post("/api/v1/signals", Map.of("name", "closing")));
    }

    @Test
    @Order(2)
    void everyOperationThatChangesSomethingLeavesAnEvent() throws IOException {
        var changing = new TreeSet<String>();
        for (var path :
                TestUser.nobody(port).get("/v3/api-docs").json().path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (!operation.getKey().equals("get")) {
                    changing.add(operation.getValue().path("operationId").asString());
                }
            }
        }
        var known = new TreeSet<>(AuditedOperations.TOLD.keySet());
        known.addAll(AuditedOperations.TOLD_ELSEWHERE.keySet());
        known.addAll(AuditedOperations.SILENT.keySet());
        assertThat(changing)
                .isNotEmpty()
                .as("operations that nobody has said an event of")
                .isSubsetOf(known);
        assertThat(known).as("operations that are gone").isSubsetOf(changing);
        for (var elsewhere : AuditedOperations.TOLD_ELSEWHERE.values()) {
            var test = Files.readString(Path.of("src/test/java/dev/cadre/platform/" + elsewhere.test() + ".java"));
            assertThat(test).contains("\"" + elsewhere.action() + "\"");
        }
        assertThat(DONE).containsExactlyInAnyOrderElementsOf(AuditedOperations.TOLD.keySet());
        assertThat(ALONE)
                .as("events that are not in the transaction of what they tell of, and so may get lost")
                .isSubsetOf(AuditedOperations.ALONE);
    }

    @AfterAll
    static void forget() {
        DONE.clear();
        ALONE.clear();
    }
}
