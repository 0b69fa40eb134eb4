package dev.cadre.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.cadre.platform.http.SsrfForms.Form;
import dev.cadre.spi.StepException;
import dev.cadre.spi.http.HttpClient;
import dev.cadre.spi.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The client that steps, authorization servers and models are reached by, against every way to write an address that nobody may
 * reach. {@code CamelSsrfTest} does the same with the routes of connectors.
 */
class SsrfTest {

    private static SsrfForms forms;
    private static WireMockServer outside;

    @BeforeAll
    static void start() {
        forms = new SsrfForms();
        outside = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        outside.start();
    }

    @AfterAll
    static void nothingHasCome() {
        outside.stop();
        forms.close();
        assertThat(forms.reached()).isZero();
    }

    @Test
    void theListIsLongAndSaysNothingTwice() {
        var all =
                SsrfForms.all().stream().map(one -> ((Form) one.get()[0]).url()).toList();

        assertThat(all).hasSizeGreaterThan(200);
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    }

    @ParameterizedTest
    @MethodSource("dev.cadre.platform.http.SsrfForms#all")
    void aStepReachesNone(Form form) {
        refused(SsrfForms.egress(form).client(), forms.url(form));
    }

    @ParameterizedTest
    @MethodSource("dev.cadre.platform.http.SsrfForms#all")
    void aClientForAHostOfTheOperatorReachesNone(Form form) {
        var hosts = new OperatorHttp(new EgressSettings(List.of(), List.of()));
        if (form.addresses().isEmpty()) { // others would be asked of the machine's own name server
            refused(hosts.reaching(List.of(URI.create("https://models.example.com"))), forms.url(form));
        }
    }

    private static void refused(HttpClient client, String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException noAddress) {
            return; // nobody can even ask for it
        }
        var failure = catchThrowableOfType(StepException.class, () -> get(client, uri));
        assertThat(failure).as(url).isNotNull();
        assertThat(failure.code()).as(url).isIn("EGRESS_DENIED", "HTTP_INVALID_REQUEST");
        assertThat(forms.reached()).as(url).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
    void followsNoRedirect(int status) {
        var location = forms.url(new Form("http://127.0.0.2:{port}/", List.of()));
        outside.stubFor(WireMock.any(WireMock.anyUrl())
                .willReturn(WireMock.status(status)
                        .withHeader("Location", location)
                        .withHeader("Refresh", "0; url=" + location)
                        .withHeader("Content-Location", location)));

        var answer = get(new TestEgress("127.0.0.1").client(), URI.create("http://127.0.0.1:" + outside.port() + "/"));

        assertThat(answer).isEqualTo(status);
        assertThat(forms.reached()).isZero();
    }

    /** A name server that says one thing to who checks and another to who connects: nobody asks twice. */
    @Test
    void connectsToTheVeryAddressThatWasChecked() {
        outside.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok().withHeader("Connection", "close")));
        var egress = new TestEgress("127.0.0.1")
                .answer("rebind.example", "127.0.0.1")
                .answer("rebind.example", "127.0.0.2");
        var client = egress.client();
        var uri = URI.create("http://rebind.example:" + outside.port() + "/");

        assertThat(get(client, uri)).isEqualTo(200);
        assertThat(egress.asked("rebind.example")).isEqualTo(1);
        for (int again = 0; again < 3; again++) {
            assertThat(catchThrowableOfType(StepException.class, () -> get(client, uri))
                            .code())
                    .isEqualTo("EGRESS_DENIED");
        }
    }

    @Test
    void oneForbiddenAddressOfSeveralForbidsTheName() {
        var egress = new TestEgress("127.0.0.1").answer("both.example", "127.0.0.1", "127.0.0.2");

        assertThat(catchThrowableOfType(
                                StepException.class,
                                () -> get(egress.client(), URI.create("http://both.example:" + outside.port() + "/")))
                        .code())
                .isEqualTo("EGRESS_DENIED");
    }

    @Test
    void asksNoProxyOfTheMachine() {
        outside.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
        var proxy = Map.of(
                "http.proxyHost", "127.0.0.2",
                "http.proxyPort", forms.url(new Form("{port}", List.of())),
                "http.nonProxyHosts", "",
                "java.net.useSystemProxies", "true");
        proxy.forEach(System::setProperty);
        try {
            assertThat(get(
                            new TestEgress("127.0.0.1").client(),
                            URI.create("http://127.0.0.1:" + outside.port() + "/")))
                    .isEqualTo(200);
        } finally {
            proxy.keySet().forEach(System::clearProperty);
        }
        assertThat(forms.reached()).isZero();
    }

    @Test
    void reachesWhatIsPublicAndWhatTheOperatorAllows() throws Exception {
        assertThat(new TestEgress()
                        .answer("api.example.com", "93.184.215.14")
                        .guard()
                        .resolve("api.example.com"))
                .hasSize(1);
        assertThat(new TestEgress()
                        .answer("xn--bcher-kva.example", "2606:4700::1111")
                        .guard()
                        .resolve("xn--bcher-kva.example"))
                .hasSize(1);
        assertThat(new TestEgress("10.0.0.0/8").guard().resolve("10.1.2.3")).hasSize(1);
        assertThat(new TestEgress("intranet")
                        .answer("intranet", "10.1.2.3")
                        .guard()
                        .resolve("intranet"))
                .hasSize(1);
        assertThat(new TestEgress()
                        .answer("1.example.com4", "93.184.215.14")
                        .guard()
                        .resolve("1.example.com4"))
                .hasSize(1);
    }

    private static int get(HttpClient client, URI uri) {
        return client.send(new HttpRequest("GET", uri, Map.of(), null, Duration.ofSeconds(10)))
                .status();
    }
}
