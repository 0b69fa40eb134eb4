package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class MembersIT {

    private static final String MEMBERS = "/api/v1/organizations/members";

    @LocalServerPort
    int port;

    @Test
    void addsChangesAndRemovesAMember() {
        var owner = TestUser.register(port);
        var viewer = owner.colleague("viewer");
        assertThat(viewer.get("/api/v1/me").json().path("role").asString()).isEqualTo("viewer");

        var changed = owner.patch(MEMBERS + "/" + viewer.id(), Map.of("role", "admin"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(viewer.get("/api/v1/me").json().path("role").asString())
                .as("the token that the colleague has already counts with the new role")
                .isEqualTo("admin");

        assertThat(owner.delete(MEMBERS + "/" + viewer.id()).status()).isEqualTo(204);
        assertThat(viewer.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void onlyAdminsManageMembers() {
        var owner = TestUser.register(port);
        var stranger = TestUser.register(port);
        for (var role : new String[] {"viewer", "member"}) {
            var colleague = owner.colleague(role);
            assertThat(colleague.get(MEMBERS).status()).isEqualTo(200);
            var refused = colleague.post(MEMBERS, Map.of("email", stranger.email(), "role", "viewer"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("code").asString()).isEqualTo("forbidden");
        }
        var admin = owner.colleague("admin");
        var added = admin.post(MEMBERS, Map.of("email", stranger.email(), "role", "viewer"));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("userId").asString()).isEqualTo(stranger.id());
        assertThat(admin.post(MEMBERS, Map.of("email", stranger.email(), "role", "viewer"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void adminsDoNotTouchOwners() {
        var owner = TestUser.register(port);
        var admin = owner.colleague("admin");

        assertThat(admin.patch(MEMBERS + "/" + owner.id(), Map.of("role", "viewer"))
                        .status())
                .isEqualTo(403);
        assertThat(admin.patch(MEMBERS + "/" + admin.id(), Map.of("role", "owner"))
                        .status())
                .isEqualTo(403);
        assertThat(admin.delete(MEMBERS + "/" + owner.id()).json().path("code").asString())
                .isEqualTo("owners-only");
    }

    @Test
    void theLastOwnerStays() {
        var owner = TestUser.register(port);

        assertThat(owner.delete(MEMBERS + "/" + owner.id()).json().path("code").asString())
                .isEqualTo("last-owner");
        assertThat(owner.patch(MEMBERS + "/" + owner.id(), Map.of("role", "admin"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void neverReturnsAnotherOrganizationsRows() {
        var ada = TestUser.register(port);
        var eve = TestUser.register(port);

        assertThat(ada.get(MEMBERS).json().path("items").size()).isEqualTo(1);
        assertThat(ada.patch(MEMBERS + "/" + eve.id(), Map.of("role", "viewer")).status())
                .isEqualTo(404);
        assertThat(ada.get("/api/v1/organizations/" + eve.organization()).status())
                .isEqualTo(404);
        assertThat(ada.post("/api/v1/organizations/" + eve.organization() + "/switch", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(ada.patch("/api/v1/organizations/" + eve.organization(), Map.of("name", "Mine"))
                        .status())
                .isEqualTo(404);
        assertThat(ada.get("/api/v1/organizations/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(ada.get("/api/v1/organizations/no-uuid").status()).isEqualTo(404);
    }

    @Test
    void showsMembersPageByPage() {
        var owner = TestUser.register(port);
        for (int i = 0; i < 2; i++) {
            owner.colleague("viewer");
        }

        var first = owner.get(MEMBERS + "?limit=2").json();
        var cursor = first.path("nextCursor").asString();
        var second = owner.get(MEMBERS + "?limit=2&cursor=" + cursor).json();

        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(second.path("items").size()).isEqualTo(1);
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(owner.get(MEMBERS + "?cursor=x" + cursor).status()).isEqualTo(400);
        assertThat(owner.get(MEMBERS + "?limit=0")
                        .json()
                        .at("/violations/0/pointer")
                        .asString())
                .isEqualTo("/limit");
        assertThat(owner.get(MEMBERS + "?limit=many").status()).isEqualTo(400);
    }

    @Test
    void renamesAnOrganizationUnlessSomebodyWasFaster() {
        var owner = TestUser.register(port);
        var path = "/api/v1/organizations/" + owner.organization();
        var etag = owner.get(path).header("ETag");

        assertThat(owner.patch(path, Map.of("name", "New"), "If-Match", etag).status())
                .isEqualTo(200);
        var stale = owner.patch(path, Map.of("name", "Newer"), "If-Match", etag);
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.json().path("code").asString()).isEqualTo("stale");
        assertThat(owner.patch(path, Map.of("name", "x"), "If-Match", "1").status())
                .isEqualTo(400);
        assertThat(owner.colleague("member").patch(path, Map.of("name", "Mine")).status())
                .isEqualTo(403);
        assertThat(owner.patch(path, Map.of("name", " ")).status()).isEqualTo(422);
        assertThat(owner.get(path).json().path("name").asString()).isEqualTo("New");
    }

    @Test
    void createsAnOrganizationOncePerIdempotencyKey() {
        var ada = TestUser.register(port);
        var body = Map.of("name", "Second");

        var first = ada.post("/api/v1/organizations", body, "Idempotency-Key", "k1");
        var again = ada.post("/api/v1/organizations", body, "Idempotency-Key", "k1");
        var other = ada.post("/api/v1/organizations", Map.of("name", "Third"), "Idempotency-Key", "k1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location")).isNotEmpty();
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("code").asString()).isEqualTo("idempotency-key-reused");
        assertThat(ada.get("/api/v1/organizations").json().path("items").size()).isEqualTo(2);
        assertThat(TestUser.register(port)
                        .post("/api/v1/organizations", body, "Idempotency-Key", "k1")
                        .status())
                .as("keys of others don't matter")
                .isEqualTo(201);
    }

    @Test
    void aRefusedRequestMayBeRepeatedUnderItsKey() {
        var ada = TestUser.register(port);

        assertThat(ada.post("/api/v1/organizations", Map.of("name", ""), "Idempotency-Key", "k")
                        .status())
                .isEqualTo(422);
        assertThat(ada.post("/api/v1/organizations", Map.of("name", "Named"), "Idempotency-Key", "k")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void ownsSoManyOrganizationsOnly() {
        var ada = TestUser.register(port);
        for (int i = 1; i < 20; i++) {
            assertThat(ada.post("/api/v1/organizations", Map.of("name", "Number " + i))
                            .status())
                    .isEqualTo(201);
        }

        var refused = ada.post("/api/v1/organizations", Map.of("name", "One more"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("too-many-organizations");
    }
}
