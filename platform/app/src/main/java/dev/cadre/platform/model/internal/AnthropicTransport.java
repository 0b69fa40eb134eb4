package dev.cadre.platform.model.internal;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.Sleeper;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Lets Anthropic's client library send through the exchange of the current call. */
final class AnthropicTransport implements HttpClient {

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var name : request.headers().names()) {
            headers.put(name, request.headers().values(name));
        }
        byte[] bytes = null;
        var body = request.body();
        if (body != null) {
            var buffer = new ByteArrayOutputStream();
            body.writeTo(buffer);
            bytes = buffer.toByteArray();
            var type = body.contentType();
            if (type != null) {
                headers.put("content-type", List.of(type));
            }
        }
        var response = Exchange.send(request.method().name(), request.url(), headers, bytes);
        return new Answer(response.status(), headers(response.headers()), response.body());
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("Calls are made one at a time."));
    }

    @Override
    public void close() {}

    private static Headers headers(Map<String, List<String>> headers) {
        var builder = Headers.builder();
        headers.forEach(builder::put);
        return builder.build();
    }

    private record Answer(int statusCode, Headers headers, byte[] bytes) implements HttpResponse {
        @Override
        public InputStream body() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void close() {}
    }

    /** Never waits: the run engine does. */
    static final class NoSleep implements Sleeper {
        @Override
        public void sleep(Duration duration) {}

        @Override
        public CompletableFuture<Void> sleepAsync(Duration duration) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
