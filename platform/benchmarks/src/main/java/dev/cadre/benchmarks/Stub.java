package dev.cadre.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The outside world: answers after a while. */
final class Stub implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger called = new AtomicInteger();

    private Stub(HttpServer server) {
        this.server = server;
    }

    static Stub start(Duration pause, Duration slow) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8192);
        var stub = new Stub(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            stub.called.incrementAndGet();
            stub.most.accumulateAndGet(stub.open.incrementAndGet(), Math::max);
            try (exchange) {
                Thread.sleep(exchange.getRequestURI().getPath().equals("/slow") ? slow : pause);
                var body = "{\"ok\":true,\"total\":1481.4}".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                stub.open.decrementAndGet();
            }
        });
        server.start();
        return stub;
    }

    int port() {
        return server.getAddress().getPort();
    }

    int mostAtOnce() {
        return most.get();
    }

    int called() {
        return called.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
