package dev.cadre.platform.http;

import dev.cadre.spi.http.HttpClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Egress guards of tests in other rooms: with name servers that say what a test wants, and nothing else of the world. */
public final class TestEgress {

    private final Map<String, Deque<InetAddress[]>> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final EgressGuard guard;

    public TestEgress(String... allowed) {
        this.guard = new EgressGuard(new EgressSettings(List.of(allowed), List.of()), this::lookup);
    }

    public EgressGuard guard() {
        return guard;
    }

    /** What steps, authorization servers and models are reached by. */
    public HttpClient client() {
        return new GuardedHttpClient(guard);
    }

    /** The name server's next answer; its last one stays. */
    public TestEgress answer(String host, String... addresses) {
        var parsed = List.of(addresses).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        answers.computeIfAbsent(host, name -> new ArrayDeque<>()).add(parsed);
        return this;
    }

    public int asked(String host) {
        return asked.getOrDefault(host, 0);
    }

    private InetAddress[] lookup(String host) throws UnknownHostException {
        asked.merge(host, 1, Integer::sum);
        var known = answers.get(host);
        if (known != null) {
            return known.size() > 1 ? known.remove() : known.element();
        }
        if (host.matches("[0-9a-fA-FxX.:%]+")) {
            return InetAddress.getAllByName(host); // as this machine reads numbers; no server is asked
        }
        throw new UnknownHostException(host);
    }
}
