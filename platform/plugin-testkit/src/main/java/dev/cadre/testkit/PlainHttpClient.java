package dev.cadre.testkit;

import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.http.HttpClient;
import dev.cadre.spi.http.HttpRequest;
import dev.cadre.spi.http.HttpResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** The SPI's HTTP client over the JDK's, without an egress guard: tests talk to stubs on the loopback address. */
final class PlainHttpClient implements HttpClient {

    private final java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();

    @Override
    public HttpResponse send(HttpRequest request) {
        try {
            var answer = client.send(translated(request), BodyHandlers.ofByteArray());
            var headers = new LinkedHashMap<String, List<String>>();
            answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            return new HttpResponse(answer.statusCode(), headers, answer.body());
        } catch (IllegalArgumentException invalid) {
            throw new Rejected("HTTP_INVALID_REQUEST", "The request is not valid: " + invalid.getMessage(), invalid);
        } catch (HttpTimeoutException late) {
            throw new Retryable("HTTP_TIMEOUT", "No answer within " + request.timeout() + ".", null, late);
        } catch (IOException unreachable) {
            throw new Retryable("HTTP_UNREACHABLE", "No connection to " + request.uri() + ".", null, unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Retryable("HTTP_UNREACHABLE", "Interrupted.", null, interrupted);
        }
    }

    private static java.net.http.HttpRequest translated(HttpRequest request) {
        var body = request.body();
        var builder = java.net.http.HttpRequest.newBuilder(request.uri())
                .timeout(request.timeout())
                .method(request.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }
}
