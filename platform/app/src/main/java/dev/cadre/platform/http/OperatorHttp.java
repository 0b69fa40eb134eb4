package dev.cadre.platform.http;

import dev.cadre.spi.http.HttpClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Makes guarded clients for the hub's own calls to hosts that the operator named in a setting. Such a host is open to that
 * client only: the steps of a workflow still can't reach it unless {@code CADRE_EGRESS_ALLOW} says so.
 */
@Component
public class OperatorHttp implements DisposableBean {

    private final EgressSettings settings;
    private final List<GuardedHttpClient> clients = new CopyOnWriteArrayList<>();

    OperatorHttp(EgressSettings settings) {
        this.settings = settings;
    }

    /** A client that reaches what steps may reach and the hosts of {@code addresses}. */
    public HttpClient reaching(List<URI> addresses) {
        var hosts = addresses.stream().map(URI::getHost).map(OperatorHttp::plain);
        var allowed = new EgressSettings(
                Stream.concat(settings.egressAllow().stream(), hosts).toList(), settings.egressOnly());
        var client = new GuardedHttpClient(new EgressGuard(allowed));
        clients.add(client);
        return client;
    }

    @Override
    public void destroy() throws IOException {
        for (var client : clients) {
            client.destroy();
        }
    }

    private static String plain(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
