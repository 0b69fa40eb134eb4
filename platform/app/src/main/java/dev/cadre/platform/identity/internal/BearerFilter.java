package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.KnownCallers;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.web.ClientAddress;
import dev.cadre.platform.shared.web.ProblemWriter;
import dev.cadre.platform.shared.web.RequestRefused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads {@code Authorization: Bearer} and says who acts in the rest of the request. A token or key that is not valid leaves it
 * anonymous, and so refused.
 */
final class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final KnownCallers callers;
    private final ProblemWriter problems;
    private final ClientAddress addresses;

    BearerFilter(KnownCallers callers, ProblemWriter problems, ClientAddress addresses) {
        this.callers = callers;
        this.problems = problems;
        this.addresses = addresses;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var nobody = Actor.anonymous(address(request), request.getHeader(HttpHeaders.USER_AGENT));
        var token = token(request);
        if (token.isPresent()) {
            Optional<Caller> caller;
            try {
                caller = callers.find(token.get(), addresses.of(request));
            } catch (RuntimeException e) {
                problems.write(e, request, response); // refused, or the database is away
                return;
            }
            if (caller.isEmpty() && callers.isForged(token.get())) {
                request.setAttribute(RequestRefused.FORGED, true);
            }
            if (caller.isPresent()) {
                enter(caller.get(), nobody, request, response, chain);
                return;
            }
        }
        run(() -> nobody.act(rest(request, response, chain)));
    }

    /** Signing in and out must work with whatever old token a client still sends. */
    private static Optional<String> token(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null
                        || request.getServletPath().startsWith("/auth/")
                        || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(header.substring(SCHEME.length()).strip());
    }

    private @Nullable String address(HttpServletRequest request) {
        var address = addresses.of(request);
        return address == null ? null : address.getHostAddress();
    }

    /** The rest of the request sees the rows of the caller's organization only, and of its projects those of the caller. */
    private static void enter(
            Caller caller, Actor origin, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller));
        SecurityContextHolder.setContext(context);
        run(() -> actor(caller, origin).act(() -> caller.withinSight(rest(request, response, chain))));
    }

    private static Actor actor(Caller caller, Actor origin) {
        return switch (caller.credential()) {
            case Caller.SignedIn _ -> origin.as(caller.user());
            case Caller.ApiKey key ->
                key.ofServiceAccount()
                        ? origin.as(Actor.Kind.SERVICE_ACCOUNT, caller.user().value(), key.serviceAccount())
                        : origin.as(Actor.Kind.API_KEY, key.id(), key.name());
        };
    }

    private static ScopedValue.CallableOp<Boolean, Exception> rest(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        return () -> {
            chain.doFilter(request, response);
            return true;
        };
    }

    private static void run(Callable<Boolean> rest) throws ServletException, IOException {
        try {
            rest.call();
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
