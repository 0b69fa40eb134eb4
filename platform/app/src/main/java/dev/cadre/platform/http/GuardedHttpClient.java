package dev.cadre.platform.http;

import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.http.HttpClient;
import dev.cadre.spi.http.HttpRequest;
import dev.cadre.spi.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The HTTP client behind the egress guard: follows no redirect, keeps no cookie, reads no endless answer. */
@Component
class GuardedHttpClient implements HttpClient, DisposableBean {

    static final int LIMIT = 10 << 20;

    private static final int MOST_CONNECTIONS = 20_000;
    private static final Timeout CONNECT = Timeout.ofSeconds(10);

    /** Bytes of each of a connection's three buffers: thousands of connections wait at once, large bodies are read past them. */
    private static final int BUFFER = 2 << 10;

    private static final Set<String> OURS = Set.of("content-length", "transfer-encoding", "host", "connection");

    private final CloseableHttpClient http;

    /** Ends exchanges at their deadline, whatever they are busy with: headers may trickle in too. */
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("http-deadlines").daemon().factory());

    GuardedHttpClient(EgressGuard guard) {
        deadlines.setRemoveOnCancelPolicy(true);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedNames(guard))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom().setBufferSize(BUFFER).build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setTimeToLive(Timeout.ofMinutes(5))
                        .build())
                // thousands of steps wait for one host at once; what bounds them is the number of steps at work
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .build();
        this.http = HttpClients.custom()
                .setConnectionManager(connections)
                .setUserAgent("Cadre")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .build();
    }

    @Override
    public HttpResponse send(HttpRequest request) {
        var call = prepare(request);
        long deadline = System.nanoTime() + request.timeout().toNanos();
        var end = deadlines.schedule(call::cancel, request.timeout().toNanos(), TimeUnit.NANOSECONDS);
        try {
            return http.execute(call, answer -> read(answer, deadline));
        } catch (InterruptedIOException e) {
            throw late();
        } catch (IOException e) {
            if (call.isCancelled()) {
                throw late();
            }
            throw new Retryable("HTTP_UNREACHABLE", "The host can't be reached: " + e.getMessage(), null, e);
        } finally {
            end.cancel(false);
        }
    }

    @Override
    public void destroy() throws IOException {
        deadlines.shutdownNow();
        http.close();
    }

    private static HttpUriRequestBase prepare(HttpRequest request) {
        var uri = request.uri();
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new Rejected(
                    "HTTP_INVALID_REQUEST",
                    "The address must start with http:// or https://, name a host and hold no credentials.");
        }
        try {
            var call = new HttpUriRequestBase(request.method(), uri);
            request.headers().forEach((name, values) -> values.forEach(value -> header(call, name, value)));
            var body = request.body();
            if (body != null) {
                call.setEntity(new ByteArrayEntity(body, null));
            }
            var timeout = Timeout.of(request.timeout());
            call.setConfig(RequestConfig.custom()
                    .setResponseTimeout(timeout)
                    .setConnectionRequestTimeout(timeout)
                    .build());
            return call;
        } catch (IllegalArgumentException e) {
            throw new Rejected("HTTP_INVALID_REQUEST", "The request is not valid: " + e.getMessage());
        }
    }

    private static void header(HttpUriRequestBase call, String name, String value) {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                || value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
            throw new Rejected(
                    "HTTP_INVALID_REQUEST", "The header \"" + name + "\" holds characters that a header can't hold.");
        }
        if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
            call.addHeader(name, value);
        }
    }

    private static HttpResponse read(ClassicHttpResponse answer, long deadline) throws IOException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var header : answer.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        return new HttpResponse(answer.getCode(), Map.copyOf(headers), body(answer, deadline));
    }

    private static byte[] body(ClassicHttpResponse answer, long deadline) throws IOException {
        var entity = answer.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        var body = new ByteArrayOutputStream();
        var buffer = new byte[16 << 10];
        var in = entity.getContent();
        for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
            body.write(buffer, 0, some);
            if (body.size() > LIMIT) {
                throw new Rejected("RESPONSE_TOO_LARGE", "The answer is larger than " + (LIMIT >> 20) + " MB.");
            }
            if (System.nanoTime() - deadline > 0) {
                throw late();
            }
        }
        return body.toByteArray();
    }

    private static StepException late() {
        return new Retryable("HTTP_TIMEOUT", "The host did not answer in time.");
    }

    private record GuardedNames(EgressGuard guard) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return guard.resolve(host).toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
