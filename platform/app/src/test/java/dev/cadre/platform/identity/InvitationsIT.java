package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.mail.Mail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Invitations by mail; the mail is read in the outbox. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class InvitationsIT {

    private static final String MEMBERS = "/api/v1/organizations/members";
    private static final String INVITATIONS = "/api/v1/organizations/invitations";
    private static final String ACCEPT = INVITATIONS + "/accept";
    private static final Pattern LINK = Pattern.compile("/invitation#([A-Za-z0-9_-]{43})");

    @LocalServerPort
    int port;

    @Autowired
    Mail mail;

    @Autowired
    JdbcClient jdbc;

    private TestUser owner;
    private String email;

    @BeforeEach
    void someoneInvites() {
        owner = TestUser.register(port);
        email = "guest-" + UUID.randomUUID() + "@example.com";
    }

    @Test
    void letsSomebodyInWhoHasNoAccountYetAndProvesTheirAddress() {
        var invited = owner.post(MEMBERS, Map.of("email", " " + email.toUpperCase() + " ", "role", "member"));
        assertThat(invited.status()).as(invited.body()).isEqualTo(201);
        assertThat(invited.json().path("status").asString()).isEqualTo("invited");
        assertThat(invited.json().path("userId").isNull()).isTrue();
        var token = token();

        var offer = nobody("/auth/invitations/look", Map.of("token", token)).json();
        assertThat(offer.path("organization").asString()).isEqualTo("Analytical Engines");
        assertThat(offer.path("email").asString()).isEqualTo(email);
        assertThat(offer.path("hasAccount").asBoolean()).isFalse();

        var joined = join(token);
        assertThat(joined.status()).as(joined.body()).isEqualTo(201);
        assertThat(joined.response().headers().allValues("Set-Cookie")).hasSize(2);
        var guest = owner.withToken(joined.json().path("accessToken").asString());
        var me = guest.get("/api/v1/me").json();
        assertThat(me.at("/organization/id").asString()).isEqualTo(owner.organization());
        assertThat(me.path("role").asString()).isEqualTo("member");
        assertThat(me.path("organizations").size()).as("none of their own").isEqualTo(1);
        assertThat(me.path("emailVerified").asBoolean()).isTrue();
        assertThat(owner.get(INVITATIONS).json().path("items")).isEmpty();
    }

    @Test
    void letsSomebodyInWhoHasAnAccountOfTheInvitedAddressOnly() {
        invite("viewer");
        var guest = registered(email);
        var stranger = TestUser.register(port);
        var token = token();
        assertThat(nobody("/auth/invitations/look", Map.of("token", token))
                        .json()
                        .path("hasAccount")
                        .asBoolean())
                .isTrue();

        var wrong = stranger.post(ACCEPT, Map.of("token", token));
        assertCode(wrong, 409, "invitation-for-another");
        assertThat(wrong.json().path("detail").asString()).contains(email, stranger.email());
        assertCode(join(token), 409, "email-taken");
        assertCode(nobody(ACCEPT, Map.of("token", token)), 401, "unauthenticated");

        var accepted = guest.post(ACCEPT, Map.of("token", token));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(200);
        assertThat(accepted.json().path("role").asString()).isEqualTo("viewer");
        var me = guest.get("/api/v1/me").json();
        assertThat(me.path("organizations").size()).isEqualTo(2);
        assertThat(me.path("emailVerified").asBoolean()).isTrue();
        assertCode(guest.post(ACCEPT, Map.of("token", token)), 422, "invitation-invalid");
    }

    @Test
    void worksOnceAlsoWhenItIsUsedManyTimesAtOnce() throws Exception {
        invite("member");
        var guest = registered(email);
        var token = token();
        var accepts = Stream.<Callable<Integer>>generate(
                        () -> () -> guest.post(ACCEPT, Map.of("token", token)).status())
                .limit(8)
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads.invokeAll(accepts).stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertThat(statuses).containsOnly(200, 422).containsOnlyOnce(200);
        }
        assertThat(owner.get(MEMBERS).json().path("items").size()).isEqualTo(2);
    }

    @Test
    void doesNotWorkWhenItWasWithdrawnRanOutOrWasSentAgain() {
        var first = invite("member");
        var old = token();
        var again = owner.post(INVITATIONS + "/" + first + "/resend", Map.of());
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        var fresh = token();
        assertThat(fresh).isNotEqualTo(old);
        assertCode(join(old), 422, "invitation-invalid");

        jdbc.sql("update invitation set expires_at = now() where id = ?::uuid")
                .param(first)
                .update();
        assertCode(join(fresh), 422, "invitation-invalid");
        assertCode(nobody("/auth/invitations/look", Map.of("token", fresh)), 422, "invitation-invalid");
        assertThat(owner.get(INVITATIONS).json().at("/items/0/expired").asBoolean())
                .isTrue();

        owner.post(INVITATIONS + "/" + first + "/resend", Map.of());
        assertThat(owner.delete(INVITATIONS + "/" + first).status()).isEqualTo(204);
        assertCode(join(token()), 422, "invitation-invalid");
        assertCode(owner.delete(INVITATIONS + "/" + first), 404, "invitation-not-found");
        assertCode(owner.post(INVITATIONS + "/" + first + "/resend", Map.of()), 404, "invitation-not-found");
    }

    @Test
    void aMemberIsNotInvitedAndStaysWhatTheyAre() {
        invite("viewer");
        var guest = registered(email);
        var token = token();
        assertCode(owner.post(MEMBERS, Map.of("email", owner.email(), "role", "viewer")), 409, "already-member");
        jdbc.sql("insert into membership (organization_id, user_id, role) values (?::uuid, ?::uuid, 'admin')")
                .param(owner.organization())
                .param(guest.get("/api/v1/me").json().at("/user/id").asString())
                .update();

        var accepted = guest.post(ACCEPT, Map.of("token", token));

        assertThat(accepted.status()).as(accepted.body()).isEqualTo(200);
        assertThat(accepted.json().path("role").asString()).isEqualTo("admin");
    }

    @Test
    void isForAdministratorsOfTheSameOrganizationAndOwnersMakeOwners() {
        var id = invite("owner");
        var admin = owner.colleague("admin");
        var member = owner.colleague("member");
        var eve = TestUser.register(port);

        assertThat(member.get(INVITATIONS).status()).isEqualTo(403);
        assertThat(member.delete(INVITATIONS + "/" + id).status()).isEqualTo(403);
        assertCode(admin.post(MEMBERS, Map.of("email", "x" + email, "role", "owner")), 403, "owners-only");
        assertCode(admin.post(INVITATIONS + "/" + id + "/resend", Map.of()), 403, "owners-only");
        assertThat(admin.get(INVITATIONS).json().at("/items/0/email").asString())
                .isEqualTo(email);
        assertThat(eve.get(INVITATIONS).json().path("items")).isEmpty();
        assertCode(eve.delete(INVITATIONS + "/" + id), 404, "invitation-not-found");
        assertCode(eve.post(INVITATIONS + "/" + id + "/resend", Map.of()), 404, "invitation-not-found");
        assertThat(join(token()).status()).isEqualTo(201);
    }

    @Test
    void refusesWhatIsNoAddressAndAddressesThatAreInvitedAlready() {
        invite("viewer");
        assertCode(owner.post(MEMBERS, Map.of("email", email, "role", "viewer")), 409, "already-invited");
        for (var wrong :
                new String[] {"", " ", "nobody", "a@b\r\nBcc: c@d", "\u212Aate@example.com", "x".repeat(250) + "@x.org"
                }) {
            assertCode(owner.post(MEMBERS, Map.of("email", wrong, "role", "viewer")), 422, "invalid-input");
        }
        assertThat(owner.post(MEMBERS, Map.of("email", email)).status()).isEqualTo(422);
        assertThat(owner.post(MEMBERS, "{\"email\":\"" + "x".repeat(200_000) + "\"}")
                        .status())
                .isEqualTo(422);
        assertCode(nobody("/auth/invitations/look", Map.of("token", "")), 422, "invitation-invalid");
        assertCode(nobody("/auth/invitations/look", Map.of("token", "x".repeat(10_000))), 422, "invalid-input");
        assertCode(nobody("/auth/invitations/join", Map.of()), 422, "invalid-input");
    }

    @Test
    void namesACustomRoleAndFollowsItsSuccessor() {
        var role = owner.post("/api/v1/roles", Map.of("name", "Operator", "permissions", List.of("run:read")))
                .json()
                .path("id")
                .asString();
        invite(role);
        assertThat(owner.get(INVITATIONS).json().at("/items/0/customRole/name").asString())
                .isEqualTo("Operator");
        assertCode(
                owner.post(
                        MEMBERS,
                        Map.of("email", "x" + email, "role", UUID.randomUUID().toString())),
                422,
                "invalid-input");

        assertThat(owner.delete("/api/v1/roles/" + role + "?moveTo=member", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(204);

        var joined = join(token());
        assertThat(joined.json().at("/organization/role").asString())
                .as(joined.body())
                .isEqualTo("member");
    }

    @Test
    void aClosedOrganizationTakesNobodyIn() {
        invite("viewer");
        var guest = registered(email);
        var organization = "/api/v1/organizations/" + owner.organization();
        assertThat(owner.delete(organization + "?name=Analytical%20Engines").status())
                .isEqualTo(202);

        assertCode(guest.post(ACCEPT, Map.of("token", token())), 403, "organization-closed");
        assertCode(owner.post(MEMBERS, Map.of("email", "x" + email, "role", "viewer")), 403, "organization-closed");

        owner.post(organization + "/restore", Map.of());
        assertThat(guest.post(ACCEPT, Map.of("token", token())).status())
                .as("the refusal has not used it up")
                .isEqualTo(200);
    }

    @Test
    void doesNotFloodAMailbox() {
        var id = invite("viewer");
        for (int i = 0; i < 4; i++) {
            assertThat(owner.post(INVITATIONS + "/" + id + "/resend", Map.of()).status())
                    .isEqualTo(200);
        }
        var refused = owner.post(INVITATIONS + "/" + id + "/resend", Map.of());

        assertCode(refused, 429, "too-many-attempts");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        for (int i = 0; i < 3; i++) { // which is nothing to others, who flood it together no more than that
            owner = TestUser.register(port);
            var other = invite("viewer");
            for (int again = 0; again < 4; again++) {
                owner.post(INVITATIONS + "/" + other + "/resend", Map.of());
            }
        }
        assertCode(
                TestUser.register(port).post(MEMBERS, Map.of("email", email, "role", "viewer")),
                429,
                "too-many-attempts");
    }

    @Test
    void showsInvitationsPageByPage() {
        for (int i = 0; i < 3; i++) {
            owner.post(MEMBERS, Map.of("email", i + email, "role", "viewer"));
        }
        var first = owner.get(INVITATIONS + "?limit=2").json();
        var rest = owner.get(INVITATIONS + "?limit=2&cursor="
                        + first.path("nextCursor").asString())
                .json();

        assertThat(first.at("/items/0/email").asString()).as("newest first").isEqualTo("2" + email);
        assertThat(first.at("/items/0/invitedBy").asString()).isEqualTo("Ada");
        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(rest.path("items").size()).isEqualTo(1);
    }

    private String invite(String role) {
        var invited = owner.post(MEMBERS, Map.of("email", email, "role", role));
        assertThat(invited.status()).as(invited.body()).isEqualTo(201);
        return invited.json().path("invitationId").asString();
    }

    private TestUser registered(String address) {
        var answer = nobody("/auth/register", Map.of("email", address, "password", TestUser.PASSWORD, "name", "Grace"));
        return owner.withToken(answer.json().path("accessToken").asString());
    }

    /** Of the newest mail. */
    private String token() {
        var text = mail.waiting(Optional.empty(), 200).stream()
                .filter(message ->
                        message.to().equals(email) && message.subject().startsWith("You are invited"))
                .findFirst()
                .orElseThrow()
                .text();
        var matcher = LINK.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private Answer join(String token) {
        return nobody("/auth/invitations/join", Map.of("token", token, "password", TestUser.PASSWORD, "name", "Grace"));
    }

    private Answer nobody(String path, Object body) {
        return TestUser.nobody(port).post(path, body);
    }

    private static void assertCode(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }
}
