package dev.cadre.platform.connector.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.platform.http.SsrfForms;
import dev.cadre.platform.http.SsrfForms.Form;
import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException;
import dev.cadre.spi.connector.HttpCall;
import dev.cadre.spi.connector.OAuth2;
import dev.cadre.spi.connector.OAuthSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The routes of connectors, and the exchange of tokens with authorization servers, against {@code egress/ssrf-forms.txt}. */
class CamelSsrfTest {

    private static SsrfForms forms;

    record Settings(String clientId, Secret clientSecret) implements OAuthSettings {
        @Override
        public List<URI> origins() {
            return List.of();
        }
    }

    @BeforeAll
    static void start() {
        forms = new SsrfForms();
    }

    @AfterAll
    static void nothingHasCome() {
        forms.close();
        assertThat(forms.reached()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.cadre.platform.http.SsrfForms#all")
    void aRouteReachesNone(Form form) throws Exception {
        var url = forms.url(form);
        try (var camel = new DefaultCamelContext(false)) {
            var components = new GuardedComponents(SsrfForms.egress(form).guard());
            for (var scheme : new String[] {"http", "https"}) {
                camel.addComponent(scheme, components.create(scheme));
            }
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:call")
                            .process(exchange -> HttpCall.of(exchange, "GET", uri(url)))
                            .to(HttpCall.ENDPOINT);
                }
            });
            camel.start();
            var exchange = ScopedValue.where(GuardedComponents.CURRENT, OpenConnection.NONE)
                    .call(() -> camel.createProducerTemplate().request("direct:call", nothing -> {}));

            assertThat(exchange.getException()).as(url).isNotNull();
            assertThat(RouteFailures.of(exchange.getException()))
                    .as(url)
                    .isInstanceOf(StepException.class)
                    .satisfies(failure -> assertThat(((StepException) failure).code())
                            .isIn("EGRESS_DENIED", "INVALID_ADDRESS", "HTTP_INVALID_REQUEST"));
            assertThat(forms.reached()).as(url).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.cadre.platform.http.SsrfForms#all")
    void noTokenIsAskedForThere(Form form) {
        var url = forms.url(form);
        var tokens = new TokenEndpoint(SsrfForms.egress(form).client(), JsonMapper.shared(), Clock.systemUTC());

        assertThatExceptionOfType(StepException.class)
                .isThrownBy(() -> tokens.refresh(
                        new OAuth2(uri("https://login.example.com"), uri(url), List.of(), Map.of()),
                        new Settings("client", new Secret("hidden")),
                        "refresh"))
                .satisfies(failure ->
                        assertThat(failure.code()).isIn("EGRESS_DENIED", "INVALID_ADDRESS", "HTTP_INVALID_REQUEST"));
        assertThat(forms.reached()).as(url).isZero();
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new StepException.Rejected("INVALID_ADDRESS", "No address");
        }
    }
}
