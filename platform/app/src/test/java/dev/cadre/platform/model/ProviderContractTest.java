package dev.cadre.platform.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.spi.StepException;
import dev.cadre.spi.agent.Message;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds for every provider, whatever its wire format: spoken to a local server over real HTTP. */
abstract class ProviderContractTest {

    static final JsonMapper JSON = JsonMapper.builder().build();

    @RegisterExtension
    static final WireMockExtension PROVIDER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    /** A priced model of this provider. */
    abstract String model();

    abstract List<String> settings();

    /** An error as the provider words it. */
    abstract String error(int status, String message);

    ModelReply call(ModelRequest request, ResponseDefinitionBuilder answer) {
        PROVIDER.stubFor(any(anyUrl()).willReturn(answer));
        var reply = new AtomicReference<ModelReply>();
        GatewayUnderTest.with(settings(), gateway -> reply.set(gateway.call(request)));
        return reply.get();
    }

    StepException failure(ModelRequest request, ResponseDefinitionBuilder answer) {
        var thrown = Assertions.catchThrowableOfType(StepException.class, () -> call(request, answer));
        assertThat(thrown).isNotNull();
        assertThat(thrown.getMessage()).doesNotContain(GatewayUnderTest.KEY);
        assertThat(PROVIDER.findAll(anyRequestedFor(anyUrl())))
                .as("one request only")
                .hasSize(1);
        return thrown;
    }

    StepException failure(ResponseDefinitionBuilder answer) {
        return failure(GatewayUnderTest.hello(model()), answer);
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    static JsonNode sent() {
        return JSON.readTree(
                PROVIDER.findAll(anyRequestedFor(anyUrl())).getFirst().getBodyAsString());
    }

    @ParameterizedTest
    @CsvSource({
        "400, MODEL_BAD_REQUEST",
        "422, MODEL_BAD_REQUEST",
        "401, MODEL_KEY_REJECTED",
        "403, MODEL_KEY_REJECTED",
        "404, MODEL_UNKNOWN",
        "413, CONTEXT_TOO_LONG"
    })
    void refusesForGood(int status, String code) {
        var key = GatewayUnderTest.KEY;
        assertThat(failure(json(status, error(status, "The key " + key + " or the request is wrong"))))
                .isInstanceOf(StepException.Rejected.class)
                .returns(code, StepException::code);
    }

    @ParameterizedTest
    @CsvSource({"429, MODEL_RATE_LIMITED", "500, MODEL_UNAVAILABLE", "503, MODEL_UNAVAILABLE", "529, MODEL_UNAVAILABLE"
    })
    void saysWhenToTryAgain(int status, String code) {
        var answer = json(status, error(status, "Slow down")).withHeader("Retry-After", "17");
        assertThat(failure(answer)).isInstanceOfSatisfying(StepException.Retryable.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(17));
            assertThat(e.getMessage()).contains(String.valueOf(status)).contains("Slow down");
        });
    }

    @Test
    void understandsADateToTryAgain() {
        var date = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(2).format(DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(failure(json(429, error(429, "Slow down")).withHeader("Retry-After", date)))
                .isInstanceOfSatisfying(
                        StepException.Retryable.class,
                        e -> assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(121)));
    }

    @Test
    void leavesTheTimeOpenWhenTheProviderDoes() {
        assertThat(failure(json(500, "<html>Bad gateway</html>")))
                .isInstanceOfSatisfying(
                        StepException.Retryable.class,
                        e -> assertThat(e.retryAfter()).isNull());
    }

    @Test
    void givesUpOnAModelThatHangs() {
        var request =
                GatewayUnderTest.request(model(), Duration.ofSeconds(2), List.of(new Message.User("Hello")), List.of());
        assertThat(failure(request, json(200, "{}").withFixedDelay(60_000)))
                .isInstanceOf(StepException.Retryable.class)
                .returns("MODEL_TIMEOUT", StepException::code);
    }

    @Test
    void triesABrokenConnectionAgainLater() {
        assertThat(failure(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)))
                .isInstanceOf(StepException.Retryable.class)
                .returns("MODEL_UNREACHABLE", StepException::code);
    }

    @ParameterizedTest
    @CsvSource({"'{\"id\":\"x\",'", "'{}'", "'[]'", "''", "'Hello'"})
    void triesAnUnreadableAnswerAgainLater(String body) {
        assertThat(failure(json(200, body)))
                .isInstanceOf(StepException.Retryable.class)
                .returns("MODEL_BAD_ANSWER", StepException::code);
    }
}
