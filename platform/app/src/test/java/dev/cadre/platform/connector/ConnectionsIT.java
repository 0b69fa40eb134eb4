package dev.cadre.platform.connector;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestConstructor;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ConnectionsIT {

    @RegisterExtension
    static final WireMockExtension SERVICE =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @RegisterExtension
    static final WireMockExtension ELSEWHERE =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final StepTypeSource source;
    private final Connections connections;
    private final TestUser ada;
    private final int port;
    private Installed echo;

    @Autowired
    ConnectionsIT(List<StepTypeSource> sources, Connections connections, @LocalServerPort int port) {
        this.source = sources.stream()
                .filter(one -> one.getClass().getName().contains(".connector."))
                .findFirst()
                .orElseThrow();
        this.connections = connections;
        this.port = port;
        this.ada = TestUser.register(port);
    }

    @BeforeEach
    void install() throws Exception {
        echo = new Installed(source, new EchoConnector("echo", false));
        SERVICE.stubFor(get("/echo").willReturn(ok("hello")));
        ELSEWHERE.stubFor(get(anyUrl()).willReturn(ok("stolen")));
    }

    @AfterEach
    void uninstall() throws Exception {
        echo.close();
    }

    @Test
    void showsItsTypesAsForms() {
        var types = ada.get("/api/v1/connection-types").json().path("items");

        var shown = types.valueStream()
                .filter(one -> one.path("type").asString().equals("echo"))
                .findFirst()
                .orElseThrow();
        assertThat(shown.path("oauth").asBoolean()).isFalse();
        assertThat(shown.at("/schema/properties/token/writeOnly").asBoolean()).isTrue();
    }

    @Test
    void keepsSecretsToItself() {
        var created = ada.post("/api/v1/connections", body("Support", "s3cret-1"));
        var id = created.json().path("id").asString();

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().path("status").asString()).isEqualTo("ready");
        assertThat(created.json().path("hasSecrets").toString()).isEqualTo("[\"token\"]");
        for (var answer : List.of(
                created,
                ada.get("/api/v1/connections"),
                ada.get("/api/v1/connections/" + id),
                ada.post("/api/v1/connections/" + id + "/test", Map.of()),
                ada.put("/api/v1/connections/" + id, body("Other", "s3cret-1")))) {
            assertThat(answer.status()).isBetween(200, 201);
            assertThat(answer.body()).doesNotContain("s3cret-1");
        }
        assertThat(ada.get("/api/v1/connections/" + id)
                        .json()
                        .at("/values/address")
                        .asString())
                .isEqualTo(SERVICE.baseUrl());
    }

    @Test
    void isTestedAgainstTheService() {
        var id = create("Support", "s3cret-1");
        assertThat(ada.post("/api/v1/connections/" + id + "/test", Map.of()).body())
                .isEqualTo("{\"ok\":true,\"message\":\"The connection works.\"}");

        SERVICE.stubFor(get("/echo").willReturn(aResponse().withStatus(401)));
        var failed = ada.post("/api/v1/connections/" + id + "/test", Map.of()).json();
        assertThat(failed.path("ok").asBoolean()).isFalse();
        assertThat(failed.path("message").asString()).contains("credentials");
    }

    @Test
    void anOmittedSecretStaysButDoesNotFollowANewAddress() throws Exception {
        var id = create("Support", "s3cret-1");

        var kept = Map.of("name", "Support", "values", Map.of("address", SERVICE.baseUrl() + "/"));
        assertThat(ada.put("/api/v1/connections/" + id, kept).status()).isEqualTo(200);
        echo.perform(ada.organization(), Map.of(), id);
        SERVICE.verify(getRequestedFor(urlEqualTo("/echo")).withHeader("Authorization", equalTo("Bearer s3cret-1")));

        var moved = ada.put(
                "/api/v1/connections/" + id,
                Map.of("name", "Support", "values", Map.of("address", ELSEWHERE.baseUrl())));
        assertThat(moved.status()).isEqualTo(422);
        assertThat(moved.json().path("code").asString()).isEqualTo("connection-secrets-needed");
    }

    @Test
    void refusesWhatDoesNotFit() {
        create("Taken", "s3cret-1");
        assertThat(ada.post("/api/v1/connections", body("Taken", "x")).status()).isEqualTo(409);
        assertThat(ada.post("/api/v1/connections", body("a@b", "x")).status()).isEqualTo(422);

        var incomplete = ada.post(
                "/api/v1/connections", Map.of("name", "n", "type", "echo", "values", Map.of("address", "not a uri")));
        assertThat(incomplete.status()).isEqualTo(422);
        assertThat(incomplete.json().path("violations").toString()).contains("/values/token", "/values/address");

        var unknown = ada.post("/api/v1/connections", Map.of("name", "n", "type", "no-such", "values", Map.of()));
        assertThat(unknown.json().path("code").asString()).isEqualTo("connection-type-unknown");
        assertThat(ada.put("/api/v1/connections/" + create("Stale", "x"), body("Stale", "x"), "If-Match", "\"9\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void belongsToOneOrganization() {
        var id = create("Support", "s3cret-1");
        var eve = TestUser.register(port);

        assertThat(eve.get("/api/v1/connections").json().path("items").size()).isZero();
        for (var answer : List.of(
                eve.get("/api/v1/connections/" + id),
                eve.put("/api/v1/connections/" + id, body("Mine", "x")),
                eve.delete("/api/v1/connections/" + id),
                eve.post("/api/v1/connections/" + id + "/test", Map.of()),
                eve.post("/api/v1/connections/" + id + "/authorize", Map.of()))) {
            assertThat(answer.status()).isEqualTo(404);
        }
        for (var name : List.of(id, "Support")) {
            assertThatThrownBy(() -> echo.perform(eve.organization(), Map.of(), name))
                    .asInstanceOf(type(Rejected.class))
                    .returns("CONNECTION_NOT_FOUND", StepException::code);
        }
        assertThat(connections.exists(organization(eve), null, id, "echo")).isFalse();
        assertThat(connections.exists(organization(ada), null, id, "echo")).isTrue();
        assertThat(connections.exists(organization(ada), null, "Support", "echo"))
                .isTrue();
        assertThat(connections.exists(organization(ada), null, "Support", "slack"))
                .isFalse();
        SERVICE.verify(0, getRequestedFor(urlEqualTo("/echo")));
    }

    @Test
    void isReadByViewersAndChangedByMembers() {
        var id = create("Support", "s3cret-1");
        var viewer = ada.colleague("viewer");
        var member = ada.colleague("member");

        assertThat(viewer.get("/api/v1/connections/" + id).status()).isEqualTo(200);
        assertThat(viewer.post("/api/v1/connections", body("New", "x")).status())
                .isEqualTo(403);
        assertThat(viewer.post("/api/v1/connections/" + id + "/test", Map.of()).status())
                .isEqualTo(403);
        assertThat(TestUser.nobody(port).get("/api/v1/connections").status()).isEqualTo(401);
        assertThat(member.delete("/api/v1/connections/" + id).status()).isEqualTo(204);
        assertThat(ada.get("/api/v1/connections/" + id).status()).isEqualTo(404);
    }

    @Test
    void aSecretGoesOnlyToItsOrigin() {
        create("Support", "s3cret-1");

        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of("elsewhere", ELSEWHERE.baseUrl()), "Support"))
                .asInstanceOf(type(Rejected.class))
                .returns("EGRESS_DENIED", StepException::code);
        SERVICE.stubFor(get("/echo")
                .willReturn(aResponse().withStatus(302).withHeader("Location", ELSEWHERE.baseUrl() + "/echo")));
        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of(), "Support"))
                .asInstanceOf(type(Rejected.class))
                .returns("ECHO_HTTP_302", StepException::code);
        ELSEWHERE.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void failuresReachTheEngineInItsTerms() {
        create("Support", "s3cret-1");

        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of("refuse", true), "Support"))
                .asInstanceOf(type(Rejected.class))
                .returns("ECHO_REFUSED", StepException::code);
        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of("refuse", "maybe"), "Support"))
                .asInstanceOf(type(Rejected.class))
                .returns("INVALID_INPUT", StepException::code);
        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of(), null))
                .asInstanceOf(type(Rejected.class))
                .returns("CONNECTION_MISSING", StepException::code);

        SERVICE.stubFor(get("/echo").willReturn(aResponse().withStatus(503).withHeader("Retry-After", "7")));
        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of(), "Support"))
                .asInstanceOf(type(Retryable.class))
                .returns(Duration.ofSeconds(7), Retryable::retryAfter);

        SERVICE.stubFor(get("/echo").willReturn(ok("x".repeat(11 << 20))));
        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of(), "Support"))
                .asInstanceOf(type(Rejected.class))
                .returns("RESPONSE_TOO_LARGE", StepException::code);

        ada.post(
                "/api/v1/connections",
                Map.of(
                        "name",
                        "Gone",
                        "type",
                        "echo",
                        "values",
                        Map.of("token", "t", "address", "http://127.0.0.1:1")));
        assertThatThrownBy(() -> echo.perform(ada.organization(), Map.of(), "Gone"))
                .asInstanceOf(type(Retryable.class))
                .returns("HTTP_UNREACHABLE", StepException::code);
    }

    private Map<String, Object> body(String name, String token) {
        return Map.of("name", name, "type", "echo", "values", Map.of("token", token, "address", SERVICE.baseUrl()));
    }

    private String create(String name, String token) {
        return ada.post("/api/v1/connections", body(name, token))
                .json()
                .path("id")
                .asString();
    }

    private static OrganizationId organization(TestUser user) {
        return new OrganizationId(UUID.fromString(user.organization()));
    }
}
