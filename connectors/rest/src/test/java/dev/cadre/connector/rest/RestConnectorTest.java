package dev.cadre.connector.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.connector.rest.RestCall.Method;
import dev.cadre.connector.rest.RestConnection.Authentication;
import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.testkit.ConnectorHarness;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestConnectorTest {

    @RegisterExtension
    static final WireMockExtension SERVICE =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private ConnectorHarness harness;

    @BeforeEach
    void start() throws Exception {
        harness = new ConnectorHarness(new RestConnector());
        SERVICE.stubFor(any(anyUrl()).willReturn(okJson("{\"a\":[1,2]}").withHeader("X-Total", "7")));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void readsJson() {
        var answer = call(Method.GET, "/orders", null, null, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Map.of("a", List.of(1, 2)));
        assertThat(answer.headers()).containsEntry("x-total", "7").doesNotContainKey("set-cookie");
    }

    @Test
    void sendsValuesAsJsonWithAKeyThatMakesRepetitionsHarmless() {
        call(Method.POST, "/orders", null, null, Map.of("total", 50));

        SERVICE.verify(postRequestedFor(urlEqualTo("/v1/orders"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withHeader("Idempotency-Key", equalTo("test-idempotency-key"))
                .withRequestBody(equalToJson("{\"total\":50}")));
    }

    @Test
    void sendsTextAsItIs() {
        call(Method.POST, "/orders", null, Map.of("Content-Type", "application/xml"), "<a/>");
        SERVICE.verify(postRequestedFor(urlEqualTo("/v1/orders"))
                .withHeader("Content-Type", equalTo("application/xml"))
                .withRequestBody(equalTo("<a/>")));

        call(Method.DELETE, "/orders/1", null, null, "because");
        SERVICE.verify(deleteRequestedFor(urlEqualTo("/v1/orders/1")).withRequestBody(equalTo("because")));
    }

    @Test
    void encodesPathAndQuery() {
        call(Method.GET, "/a b/c%2Fd/{{x}}/${y}/ü/RAW(z)", Map.of("q", "a&b=c d+%2F#ü{{e}}"), null, null);

        SERVICE.verify(getRequestedFor(urlEqualTo("/v1/a%20b/c%252Fd/%7B%7Bx%7D%7D/%24%7By%7D/%C3%BC/RAW%28z%29"
                + "?q=a%26b%3Dc%20d%2B%252F%23%C3%BC%7B%7Be%7D%7D")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../admin", "..", "/a/./b", "/a?x=1", "/a#b"})
    void refusesPathsThatLeaveTheBaseAddress(String path) {
        assertThatThrownBy(() -> call(Method.GET, path, null, null, null))
                .asInstanceOf(type(Rejected.class))
                .returns("INVALID_PATH", StepException::code);
        SERVICE.verify(0, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/x", "@evil.example", "http://evil.example/", "\\evil", ":80/x", "%2e%2e/x"})
    void neverLeavesTheHost(String path) {
        call(Method.GET, path, null, null, null);

        SERVICE.verify(1, anyRequestedFor(anyUrl()));
        assertThat(SERVICE.getAllServeEvents().getFirst().getRequest().getUrl()).startsWith("/v1/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelHttpUri",
                "camelHttpPath",
                "CAMELHTTPMETHOD",
                "CamelHttpRawQuery",
                "org.apache.camel.x",
                "Host",
                "Content-Length",
                "Transfer-Encoding",
                "a b",
                "a:b",
                ""
            })
    void refusesHeadersThatSteerTheRequest(String name) {
        assertThatThrownBy(() -> call(Method.GET, "/", null, Map.of(name, "http://evil.example"), null))
                .asInstanceOf(type(Rejected.class))
                .returns("INVALID_HEADER", StepException::code);
        SERVICE.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void refusesAHeaderThatSmugglesInAnother() {
        assertThatThrownBy(() -> call(Method.GET, "/", null, Map.of("X-A", "1\r\nX-B: 2"), null))
                .asInstanceOf(type(Rejected.class))
                .returns("INVALID_HEADER", StepException::code);
    }

    @Test
    void addsTheConnectionsCredentialsAndNothingOfTheStepReplacesThem() {
        call(connection(Authentication.BEARER, null, null), Map.of("authorization", "Bearer mine"));
        SERVICE.verify(getRequestedFor(urlEqualTo("/v1/x")).withHeader("Authorization", equalTo("Bearer s3cret")));

        call(connection(Authentication.BASIC, "ann", null), Map.of());
        SERVICE.verify(
                getRequestedFor(urlEqualTo("/v1/x")).withHeader("Authorization", equalTo("Basic YW5uOnMzY3JldA==")));

        call(connection(Authentication.API_KEY, null, "X-Api-Key"), Map.of());
        SERVICE.verify(getRequestedFor(urlEqualTo("/v1/x")).withHeader("X-Api-Key", equalTo("s3cret")));
    }

    @Test
    void failsByStatus() {
        SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody("no such order")));
        assertThatThrownBy(() -> call(Method.GET, "/", null, null, null))
                .asInstanceOf(type(Rejected.class))
                .returns("REST_HTTP_404", StepException::code)
                .returns("The service answered with status 404: no such order", Throwable::getMessage);

        SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503).withHeader("Retry-After", "5")));
        assertThatThrownBy(() -> call(Method.GET, "/", null, null, null))
                .asInstanceOf(type(Retryable.class))
                .returns(Duration.ofSeconds(5), Retryable::retryAfter);
    }

    @Test
    void followsNoRedirect() {
        SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(302).withHeader("Location", "/elsewhere")));

        assertThatThrownBy(() -> call(Method.GET, "/", null, null, null))
                .asInstanceOf(type(Rejected.class))
                .returns("REST_HTTP_302", StepException::code);
        SERVICE.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void acceptsEveryStatusWhenTold() {
        SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(409).withBody("busy")));

        var answer = harness.call(RestConnector.CALL, none(), new RestCall(Method.GET, "/", null, null, null, true));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("busy");
    }

    @Test
    void testsTheBaseUrlWithTheCredentials() {
        assertThat(harness.call(RestConnector.TEST, connection(Authentication.BEARER, null, null), new Probe()))
                .isEqualTo(new Probe.Reached(200));
        SERVICE.verify(getRequestedFor(urlEqualTo("/v1")).withHeader("Authorization", equalTo("Bearer s3cret")));

        SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
        assertThatThrownBy(() -> harness.call(RestConnector.TEST, none(), new Probe()))
                .asInstanceOf(type(Rejected.class))
                .returns("REST_UNAUTHORIZED", StepException::code);
    }

    private RestCall.Answer call(
            Method method,
            String path,
            @Nullable Map<String, String> query,
            @Nullable Map<String, String> headers,
            @Nullable Object body) {
        return harness.call(RestConnector.CALL, none(), new RestCall(method, path, query, headers, body, false));
    }

    private void call(RestConnection connection, Map<String, String> headers) {
        harness.call(RestConnector.CALL, connection, new RestCall(Method.GET, "/x", null, headers, null, false));
    }

    private static RestConnection none() {
        return new RestConnection(base(), Authentication.NONE, null, null, null);
    }

    private static RestConnection connection(
            Authentication authentication, @Nullable String username, @Nullable String headerName) {
        return new RestConnection(base(), authentication, username, headerName, new Secret("s3cret"));
    }

    private static URI base() {
        return URI.create(SERVICE.baseUrl() + "/v1");
    }
}
