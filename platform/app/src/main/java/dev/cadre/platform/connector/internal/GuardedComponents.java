package dev.cadre.platform.connector.internal;

import dev.cadre.platform.http.EgressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.camel.Component;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The components that routes may use: HTTP through the egress guard and {@code direct} between routes. Anything else
 * does not resolve.
 */
@org.springframework.stereotype.Component
class GuardedComponents {

    /** The connection that the current thread works with. Routes run on the thread of their step. */
    static final ScopedValue<OpenConnection> CURRENT = ScopedValue.newInstance();

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout RESPONSE = Timeout.ofSeconds(60);
    private static final int CONNECTIONS = 256;
    private static final int CONNECTIONS_TO_A_HOST = 64;

    private final EgressGuard guard;

    GuardedComponents(EgressGuard guard) {
        this.guard = guard;
    }

    /** A new component, null when routes may not use the scheme. */
    @Nullable
    Component create(String scheme) {
        return switch (scheme) {
            case "direct" -> new DirectComponent();
            case "http", "https" -> http();
            default -> null;
        };
    }

    private HttpComponent http() {
        var http = new HttpComponent();
        http.setClientConnectionManager(connections());
        http.setFollowRedirects(false);
        http.setRedirectHandlingDisabled(true);
        // A cookie or a cached credential would be shared by all organizations.
        http.setCookieManagementDisabled(true);
        http.setAuthCachingDisabled(true);
        http.setAutomaticRetriesDisabled(true);
        http.setConnectTimeout(CONNECT.toMilliseconds());
        http.setConnectionRequestTimeout(CONNECT.toMilliseconds());
        http.setResponseTimeout(RESPONSE.toMilliseconds());
        http.setSoTimeout(RESPONSE.toMilliseconds());
        http.setUserAgent("Cadre");
        http.setCopyHeaders(false);
        http.setHttpClientConfigurer(client -> client.addExecInterceptorFirst("cadre", GuardedComponents::guarded));
        return http;
    }

    private PoolingHttpClientConnectionManager connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedNames(guard))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(RESPONSE)
                        .setTimeToLive(Timeout.ofMinutes(5))
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS_TO_A_HOST)
                .build();
    }

    private static ClassicHttpResponse guarded(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("A route must send its requests on the thread of its step.");
        }
        var target = scope.route.getTargetHost();
        CURRENT.get().check(target.getSchemeName(), target.getHostName(), target.getPort());
        var response = chain.proceed(request, scope);
        var entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new BoundedEntity(entity));
        }
        return response;
    }

    /** Every address is asked for here, also one that is written as a number. */
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
