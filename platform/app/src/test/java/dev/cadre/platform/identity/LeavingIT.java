package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How people leave organizations and hand them over. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LeavingIT {

    @LocalServerPort
    int port;

    @Test
    void everybodyMayGoButTheLastOwner() {
        var owner = TestUser.register(port);
        var viewer = owner.colleague("viewer");

        assertCode(owner.post(of(owner) + "/leave", Map.of()), 409, "last-owner");
        assertThat(viewer.post(of(owner) + "/leave", Map.of()).status()).isEqualTo(204);
        assertThat(viewer.get("/api/v1/me").status()).isEqualTo(401);
        assertCode(TestUser.register(port).post(of(owner) + "/leave", Map.of()), 404, "organization-not-found");

        var second = owner.colleague("owner");
        assertThat(owner.post(of(owner) + "/leave", Map.of()).status()).isEqualTo(204);
        assertCode(second.post(of(owner) + "/leave", Map.of()), 409, "last-owner");
    }

    @Test
    void ofTwoOwnersWhoLeaveAtOnceOneStays() throws Exception {
        for (int round = 0; round < 5; round++) {
            var ada = TestUser.register(port);
            var bob = ada.colleague("owner");
            var leaving = Stream.of(ada, bob)
                    .<Callable<Integer>>map(user ->
                            () -> user.post(of(ada) + "/leave", Map.of()).status())
                    .toList();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(threads.invokeAll(leaving).stream().map(future -> future.resultNow()))
                        .containsExactlyInAnyOrder(204, 409);
            }
        }
    }

    @Test
    void whoHasLeftTheLastOrganizationGetsOneOfTheirOwnAtTheNextSignIn() {
        var owner = TestUser.register(port);
        var guest = owner.colleague("member");
        assertThat(guest.post(of(owner) + "/leave", Map.of()).status()).isEqualTo(204);
        var own = logIn(guest);
        var heir = own.colleague("owner");
        assertThat(own.post("/api/v1/organizations/" + guest.organization() + "/leave", Map.of())
                        .status())
                .isEqualTo(204);

        var me = logIn(guest).get("/api/v1/me").json();

        assertThat(me.at("/organization/name").asString()).isEqualTo("Ada's organization");
        assertThat(me.path("role").asString()).isEqualTo("owner");
        assertThat(heir.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void anOwnerHandsTheOrganizationOverWithThePassword() {
        var owner = TestUser.register(port);
        var heir = owner.colleague("viewer");
        var admin = owner.colleague("admin");

        var wrong = transfer(owner, owner, heir.id(), "not it at all");
        assertCode(wrong, 422, "invalid-input");
        assertThat(wrong.json().at("/violations/0/pointer").asString()).isEqualTo("/password");
        assertThat(transfer(admin, owner, admin.id(), TestUser.PASSWORD).status())
                .isEqualTo(403);
        assertCode(transfer(owner, owner, TestUser.register(port).id(), TestUser.PASSWORD), 404, "member-not-found");
        assertCode(transfer(owner, owner, owner.id(), TestUser.PASSWORD), 422, "invalid-input");
        assertCode(
                transfer(TestUser.register(port), owner, heir.id(), TestUser.PASSWORD), 404, "organization-not-found");

        assertThat(transfer(owner, owner, heir.id(), TestUser.PASSWORD).status())
                .isEqualTo(204);

        assertThat(heir.get("/api/v1/me").json().path("role").asString()).isEqualTo("owner");
        assertThat(owner.get("/api/v1/me").json().path("role").asString()).isEqualTo("admin");
    }

    @Test
    void handingOverAndLeavingAtOnceLeavesAnOwner() throws Exception {
        for (int round = 0; round < 5; round++) {
            var ada = TestUser.register(port);
            var heir = ada.colleague("member");
            Callable<Integer> handsOver =
                    () -> transfer(ada, ada, heir.id(), TestUser.PASSWORD).status();
            Callable<Integer> leaves =
                    () -> heir.post(of(ada) + "/leave", Map.of()).status();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var handedOver = threads.submit(handsOver);
                var left = threads.submit(leaves);
                assertThat(handedOver.get() == 204).isNotEqualTo(left.get() == 204);
            }
        }
    }

    private static String of(TestUser user) {
        return "/api/v1/organizations/" + user.organization();
    }

    private static Answer transfer(TestUser by, TestUser of, String to, String password) {
        return by.post(of(of) + "/transfer", Map.of("userId", to, "password", password));
    }

    private TestUser logIn(TestUser user) {
        var answer =
                TestUser.nobody(port).post("/auth/login", Map.of("email", user.email(), "password", TestUser.PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return user.withToken(answer.json().path("accessToken").asString());
    }

    private static void assertCode(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }
}
