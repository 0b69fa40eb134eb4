package dev.cadre.platform.model.internal;

import dev.cadre.platform.model.ModelRequest;
import dev.cadre.spi.StepException;
import dev.cadre.spi.http.HttpClient;
import dev.cadre.spi.http.HttpRequest;
import dev.cadre.spi.http.HttpResponse;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP exchange of one model call, below the provider's client library: it sends through the guarded client, and keeps
 * what came back, so that failures are judged by what the provider said and not by what each library makes of it.
 */
final class Exchange {

    private static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

    private final HttpClient http;
    private final ModelRequest request;
    private final boolean keyless;
    private boolean sent;
    private @Nullable HttpResponse response;
    private @Nullable StepException failure;

    Exchange(HttpClient http, ModelRequest request, boolean keyless) {
        this.http = http;
        this.request = request;
        this.keyless = keyless;
    }

    /** Runs a library's call; everything it sends goes through this exchange. */
    <T> T run(Callable<T> call) throws Exception {
        return ScopedValue.where(CURRENT, this).call(call::call);
    }

    /** For the libraries' transports. */
    static HttpResponse send(String method, String url, Map<String, List<String>> headers, byte @Nullable [] body) {
        return CURRENT.get().sendOnce(method, url, headers, body);
    }

    private HttpResponse sendOnce(
            String method, String url, Map<String, List<String>> headers, byte @Nullable [] body) {
        if (sent) {
            throw new IllegalStateException("A model call is one request: retries belong to the run engine.");
        }
        sent = true;
        try {
            response = http.send(new HttpRequest(method, URI.create(url), headers(headers), body, request.timeout()));
            return response;
        } catch (StepException e) {
            failure = e;
            throw e;
        }
    }

    private Map<String, List<String>> headers(Map<String, List<String>> headers) {
        var all = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, values) -> all.put(name.toLowerCase(Locale.ROOT), values));
        if (keyless) {
            all.remove("authorization");
        }
        all.put("idempotency-key", List.of(request.idempotencyKey()));
        return all;
    }

    /** What the provider answered; null when nothing came back. */
    @Nullable
    HttpResponse response() {
        return response;
    }

    /** Why nothing came back. */
    @Nullable
    StepException failure() {
        return failure;
    }

    /** The provider's own id of the request, for its support. */
    @Nullable
    String requestId() {
        var answer = response;
        if (answer == null) {
            return null;
        }
        return List.of("request-id", "x-request-id", "x-goog-request-id").stream()
                .flatMap(name -> answer.headers().getOrDefault(name, List.of()).stream())
                .findFirst()
                .orElse(null);
    }
}
