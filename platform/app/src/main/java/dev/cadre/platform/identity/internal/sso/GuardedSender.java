package dev.cadre.platform.identity.internal.sso;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import dev.cadre.platform.http.EgressGuard;
import dev.cadre.spi.StepException;
import dev.cadre.spi.http.HttpClient;
import dev.cadre.spi.http.HttpRequest;
import dev.cadre.spi.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Carries what the OpenID Connect library sends through the egress guard: an organization says where its provider is, so
 * it could name anything. No redirect is followed, no long answer is read, and only hosts that the operator opened are
 * called without TLS.
 */
@Component
class GuardedSender implements HTTPRequestSender, ResourceRetriever {

    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final int LIMIT = 256 << 10;

    private final HttpClient http;
    private final EgressGuard guard;

    GuardedSender(HttpClient http, EgressGuard guard) {
        this.http = http;
        this.guard = guard;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        var body = request.getBody();
        var answer = exchange(
                request.getMethod().name(),
                request.getURI(),
                request.getHeaderMap(),
                body == null ? null : body.getBytes(StandardCharsets.UTF_8));
        var response = new HTTPResponse(answer.status());
        try {
            var type = answer.headers().get("content-type");
            if (type != null) {
                response.setContentType(type.getFirst());
            }
        } catch (ParseException e) {
            throw new IOException("The identity provider's answer has no valid content type.", e);
        }
        response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        return response;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try {
            var answer = exchange("GET", url.toURI(), Map.of("Accept", List.of("application/json")), null);
            if (answer.status() != 200) {
                throw new IOException("The identity provider answers " + url.getPath() + " with HTTP status "
                        + answer.status() + ".");
            }
            return new Resource(new String(answer.body(), StandardCharsets.UTF_8), "application/json");
        } catch (URISyntaxException e) {
            throw new IOException("The identity provider names an address that is none.", e);
        }
    }

    /** Whether it may be called at all: over TLS, or without where the operator opened the host. */
    boolean isAcceptable(@Nullable URI address) {
        return address != null
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && guard.isOpened(address.getHost())));
    }

    private HttpResponse exchange(String method, URI uri, Map<String, List<String>> headers, byte @Nullable [] body)
            throws IOException {
        if (!isAcceptable(uri)) {
            throw new IOException("The identity provider must be called over https.");
        }
        try {
            var answer = http.send(new HttpRequest(method, uri, new HashMap<>(headers), body, TIMEOUT));
            if (answer.body().length > LIMIT) {
                throw new IOException("The identity provider's answer is longer than " + (LIMIT >> 10) + " KB.");
            }
            return answer;
        } catch (StepException e) {
            throw new IOException(sentence(uri, e), e);
        }
    }

    /** What the guard and the client say, for people who set up sign-on and not steps; nothing of the network's inside. */
    private static String sentence(URI uri, StepException e) {
        return switch (e.code()) {
            case "EGRESS_DENIED" ->
                "The hub may not reach " + uri.getHost()
                        + ": it is not a public address, or not among those that an operator named in CADRE_EGRESS_ONLY."
                        + " The operator can allow it: in CADRE_EGRESS_ALLOW what is not public, in CADRE_EGRESS_ONLY what is.";
            case "HTTP_TIMEOUT" -> uri.getHost() + " did not answer in time.";
            case "RESPONSE_TOO_LARGE" -> "The answer of " + uri.getHost() + " is too long.";
            default -> uri.getHost() + " can't be reached. Check the address and that the provider runs.";
        };
    }
}
