package dev.cadre.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service with effects that knows idempotency keys: it notes who called for what, and what should not have been.
 * Called as {@code POST /effect/<run>/<step>}.
 */
final class Sink implements AutoCloseable {

    /** A key that came again; times of {@link System#nanoTime}. */
    record Repeat(String effect, long before, long again) {}

    private record Call(String effect, String body, long at) {}

    private final HttpServer server;
    private final int leastMillis;
    private final int mostMillis;
    private final Map<String, Call> byKey = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> byStep = new ConcurrentHashMap<>();
    private final List<Repeat> repeats = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    private Sink(HttpServer server, int leastMillis, int mostMillis) {
        this.server = server;
        this.leastMillis = leastMillis;
        this.mostMillis = mostMillis;
    }

    /** Each answer takes a random time between the two. */
    static Sink start(int leastMillis, int mostMillis) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8192);
        var sink = new Sink(server, leastMillis, mostMillis);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/effect/", sink::handle);
        server.start();
        return sink;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var effect = exchange.getRequestURI().getPath().substring("/effect/".length());
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            note(exchange.getRequestHeaders().getFirst("Idempotency-Key"), effect, body);
            Thread.sleep(ThreadLocalRandom.current().nextInt(leastMillis, mostMillis + 1));
            var answer = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The one who asked was killed meanwhile; what it asked for is done all the same.
        }
    }

    private void note(@Nullable String key, String effect, String body) {
        long now = System.nanoTime();
        if (key == null) {
            wrong.add(effect + " came without a key");
            return;
        }
        var other = keys.putIfAbsent(effect, key);
        if (other == null) {
            byStep.computeIfAbsent(effect.substring(effect.indexOf('/') + 1), _ -> new AtomicInteger())
                    .incrementAndGet();
        } else if (!other.equals(key)) {
            wrong.add(effect + " came with two keys");
        }
        var before = byKey.put(key, new Call(effect, body, now));
        if (before != null) {
            if (!before.effect.equals(effect) || !before.body.equals(body)) {
                wrong.add("a key came for " + before.effect + " and for " + effect);
            }
            repeats.add(new Repeat(effect, before.at, now));
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Different effects, by their keys. */
    int effects() {
        return byKey.size();
    }

    List<Repeat> repeats() {
        return repeats;
    }

    /** One key for several effects, several keys for one, or none. */
    List<String> wrong() {
        return wrong;
    }

    /** How many runs have come to this step. */
    int reached(String step) {
        var count = byStep.get(step);
        return count == null ? 0 : count.get();
    }

    /** When the effect was last asked for, of {@link System#nanoTime}; 0 for never. */
    long lastCall(String effect) {
        var key = keys.get(effect);
        var call = key == null ? null : byKey.get(key);
        return call == null ? 0 : call.at;
    }

    /** The runs of which any step was here. */
    Set<String> runs() {
        return keys.keySet().stream()
                .map(effect -> effect.substring(0, effect.indexOf('/')))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
