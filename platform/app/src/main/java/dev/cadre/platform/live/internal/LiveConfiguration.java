package dev.cadre.platform.live.internal;

import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.KnownCallers;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.RateLimits;
import dev.cadre.platform.shared.web.ClientAddress;
import dev.cadre.platform.shared.web.Failure;
import dev.cadre.platform.shared.web.ProblemWriter;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * Opens {@code /api/v1/events}. Browsers can't set headers there: they offer the sub-protocols {@code cadre.v1} and
 * {@code bearer.<access token or API key>}, and the first one is chosen.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class LiveConfiguration implements WebSocketConfigurer {

    private static final String PROTOCOL = "cadre.v1";
    private static final String BEARER = "bearer.";
    private static final Failure NO_HANDSHAKE = Failure.of(
            HttpStatus.BAD_REQUEST,
            "websocket-expected",
            "This address speaks WebSocket: connect with ws:// or wss://, version 13.");

    private static final Failure TOO_MANY = Failure.of(
            HttpStatus.TOO_MANY_REQUESTS,
            "too-many-connections",
            "You, or your organization, have too many connections for events open: close some first.");

    private final Clients clients;
    private final KnownCallers callers;
    private final AccessRules rules;
    private final RateLimits limits;
    private final ClientAddress addresses;
    private final ProblemWriter problems;
    private final URI address;

    LiveConfiguration(
            Clients clients,
            KnownCallers callers,
            AccessRules rules,
            RateLimits limits,
            ClientAddress addresses,
            ProblemWriter problems,
            @Value("${cadre.public-url}") URI address) {
        this.clients = clients;
        this.callers = callers;
        this.rules = rules;
        this.limits = limits;
        this.addresses = addresses;
        this.problems = problems;
        this.address = address;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        var handshake = new DefaultHandshakeHandler();
        handshake.setSupportedProtocols(PROTOCOL);
        registry.addHandler(clients, "/api/v1/events")
                .setHandshakeHandler(handshake)
                .addInterceptors(new Doorman())
                .setAllowedOriginPatterns("*");
    }

    /** Lets in who shows a token, from our own pages only. */
    private final class Doorman implements HandshakeInterceptor {

        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes)
                throws IOException {
            var servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
            var servletResponse = ((ServletServerHttpResponse) response).getServletResponse();
            try {
                if (!isOwnOrigin(request)) {
                    throw IdentityException.foreignOrigin();
                }
                var token = token(request);
                var from = addresses.of(servletRequest);
                var caller = token.flatMap(shown -> callers.find(shown, from));
                if (caller.isEmpty()) {
                    limits.countStranger(from, servletResponse);
                    throw new InsufficientAuthenticationException("No caller");
                }
                limits.count(caller.get(), servletResponse);
                caller.get().require(Permission.RUN_READ);
                rules.check(caller.get(), caller.get().organization());
                if (!isHandshake(request)) {
                    problems.write(NO_HANDSHAKE, servletRequest, servletResponse);
                    return false;
                }
                if (!clients.haveRoomFor(caller.get())) {
                    problems.write(TOO_MANY, servletRequest, servletResponse);
                    return false;
                }
                attributes.put(Clients.WATCHER, new Watcher(caller.get(), token.get(), from));
                return true;
            } catch (RuntimeException e) {
                problems.write(e, servletRequest, servletResponse); // refused, or the database is away
                return false;
            }
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                @Nullable Exception failure) {
            // Nothing is left to do.
        }
    }

    private static boolean isHandshake(ServerHttpRequest request) {
        var headers = request.getHeaders();
        return "websocket".equalsIgnoreCase(headers.getFirst(HttpHeaders.UPGRADE))
                && "13".equals(headers.getFirst("Sec-WebSocket-Version"))
                && headers.getFirst("Sec-WebSocket-Key") != null
                && headers.getConnection().stream().anyMatch(option -> option.equalsIgnoreCase("upgrade"));
    }

    private boolean isOwnOrigin(ServerHttpRequest request) {
        var origin = request.getHeaders().getOrigin();
        if (origin == null) {
            return true;
        }
        try {
            var from = URI.create(origin);
            var host = request.getHeaders().getFirst("Host");
            return from.getAuthority() != null
                    && (from.getAuthority().equalsIgnoreCase(host)
                            || from.getAuthority().equalsIgnoreCase(address.getAuthority()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> token(ServerHttpRequest request) {
        var authorization = request.getHeaders().getFirst("Authorization");
        if (authorization != null && authorization.startsWith("Bearer ")) {
            return Optional.of(authorization.substring(7));
        }
        return request.getHeaders().getOrDefault("Sec-WebSocket-Protocol", List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(BEARER))
                .map(protocol -> protocol.substring(BEARER.length()))
                .findFirst();
    }
}
