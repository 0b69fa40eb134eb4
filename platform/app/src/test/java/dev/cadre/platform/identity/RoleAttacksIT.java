package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.WebClient;
import dev.cadre.platform.mail.Mail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Ways to more than one may do, by what happens to a role at the same moment or by a detour. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RoleAttacksIT {

    private static final String ROLES = "/api/v1/roles";
    private static final String MEMBERS = "/api/v1/organizations/members";
    private static final String ACCOUNTS = "/api/v1/service-accounts";
    private static final Pattern LINK = Pattern.compile("/invitation#([A-Za-z0-9_-]{43})");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Mail mail;

    private TestUser owner;

    @BeforeEach
    void signUp() {
        owner = TestUser.register(port);
    }

    @Test
    void aRoleThatGoesMeanwhileIsGivenToNobody() throws Exception {
        var viewer = owner.colleague("viewer");
        for (var give : List.<Give>of(
                role -> owner.patch(MEMBERS + "/" + viewer.id(), Map.of("role", role)),
                role -> owner.post(ACCOUNTS, Map.of("name", "Robot", "role", role)),
                role -> owner.post(MEMBERS, Map.of("email", UUID.randomUUID() + "@example.com", "role", role)))) {
            var role = role("Going", "workflow:read");
            var answer = whileLocked(() -> give.of(role), () -> delete(role));
            assertThat(answer.status()).as(answer.body()).isEqualTo(404);
            assertThat(answer.json().path("code").asString()).isEqualTo("role-not-found");
        }
        assertThat(viewer.get("/api/v1/me").json().path("role").asString()).isEqualTo("viewer");
        assertThat(owner.get(ACCOUNTS).json().path("items")).isEmpty();
        assertThat(owner.get("/api/v1/organizations/invitations").json().path("items"))
                .isEmpty();
    }

    @Test
    void aRoleThatGrowsMeanwhileIsNotHandedOutByWhoMayDoLess() throws Exception {
        var clerk = owner.colleague(role("Clerk", "member:manage", "workflow:read"));
        var viewer = owner.colleague(role("Little"));
        var growing = role("Growing", "workflow:read");
        var answer = whileLocked(
                () -> clerk.patch(MEMBERS + "/" + viewer.id(), Map.of("role", growing)),
                () -> jdbc.sql("update custom_role set permissions = array['security:manage'] where id = ?")
                        .param(UUID.fromString(growing))
                        .update());
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().path("code").asString()).isEqualTo("role-beyond-yours");
    }

    @Test
    void theSuccessorOfARoleMayNotGoMeanwhile() throws Exception {
        var role = role("Going", "workflow:read");
        var next = role("Next", "workflow:read");
        owner.colleague(role);
        var answer = whileLocked(() -> owner.delete(ROLES + "/" + role + "?moveTo=" + next), () -> delete(next));
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(owner.get(ROLES + "/" + role).json().path("members").asInt()).isOne();
    }

    @Test
    void noProgramBecomesOwnerByTheEndOfItsRole() {
        var role = role("Robots", "workflow:read");
        var made = owner.post(ACCOUNTS, Map.of("name", "Robot", "role", role));
        assertThat(made.status()).as(made.body()).isEqualTo(201);

        var refused = owner.delete(ROLES + "/" + role + "?moveTo=owner");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/violations/0/pointer").asString()).isEqualTo("/moveTo");
        assertThat(owner.delete(ROLES + "/" + role + "?moveTo=admin").status()).isEqualTo(204);
        assertThat(owner.get(ACCOUNTS + "/" + made.json().path("id").asString())
                        .json()
                        .path("role")
                        .asString())
                .isEqualTo("admin");
    }

    @Test
    void anInvitationGivesNoMoreThanWhoSentItMayGiveNow() {
        var admin = owner.colleague("admin");
        var removed = invitedBy(admin, "admin");
        var demoted = invitedBy(admin, "admin");
        var modest = invitedBy(admin, "viewer");
        owner.patch(MEMBERS + "/" + admin.id(), Map.of("role", role("Inviter", "member:manage", "workflow:read")));
        assertThat(join(demoted).json().path("code").asString()).isEqualTo("invitation-invalid");
        assertThat(join(modest).json().path("code").asString()).isEqualTo("invitation-invalid");

        owner.delete(MEMBERS + "/" + admin.id());
        assertThat(join(removed).json().path("code").asString()).isEqualTo("invitation-invalid");
        assertThat(join(invitedBy(owner, "admin")).status()).isEqualTo(201);
    }

    @Test
    void aRemovedMemberHearsNothingAnyMore() throws Exception {
        var member = owner.colleague("member");
        var weakened = owner.colleague("member");
        var stays = owner.colleague("member");
        try (var first = WebClient.connect(port, member.token());
                var second = WebClient.connect(port, weakened.token());
                var third = WebClient.connect(port, stays.token())) {
            owner.delete(MEMBERS + "/" + member.id());
            owner.patch(MEMBERS + "/" + weakened.id(), Map.of("role", role("Blind")));
            await().until(() -> first.closedWith() == 4401 && second.closedWith() == 4401);
            assertThat(third.closedWith()).isZero();
        }
    }

    private interface Give {
        Answer of(String role);
    }

    /** The answer to a request that has read roles and waits for the organization while something else happens to them. */
    private Answer whileLocked(Callable<Answer> request, Runnable meanwhile) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new TransactionTemplate(transactions).execute(status -> {
                jdbc.sql("select 1 from organization where id = ? for update")
                        .param(UUID.fromString(owner.organization()))
                        .query(Integer.class)
                        .single();
                var answer = threads.submit(request);
                await().until(() -> waiting() > 0);
                meanwhile.run();
                return answer;
            });
            return asked.get();
        }
    }

    private int waiting() {
        return jdbc.sql("select count(*) from pg_locks where not granted")
                .query(Integer.class)
                .single();
    }

    private void delete(String role) {
        jdbc.sql("delete from custom_role where id = ?")
                .param(UUID.fromString(role))
                .update();
    }

    private String role(String name, String... permissions) {
        var body = Map.of("name", name + " " + UUID.randomUUID(), "permissions", List.of(permissions));
        var made = owner.post(ROLES, body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    /** The token of the mail. */
    private String invitedBy(TestUser user, String role) {
        var email = "guest-" + UUID.randomUUID() + "@example.com";
        var invited = user.post(MEMBERS, Map.of("email", email, "role", role));
        assertThat(invited.status()).as(invited.body()).isEqualTo(201);
        var message = mail.waiting(Optional.empty(), 200).stream()
                .filter(it -> it.to().equals(email))
                .findFirst()
                .orElseThrow();
        var link = LINK.matcher(message.text());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private Answer join(String token) {
        return TestUser.nobody(port)
                .post("/auth/invitations/join", Map.of("token", token, "password", TestUser.PASSWORD, "name", "Guest"));
    }
}
