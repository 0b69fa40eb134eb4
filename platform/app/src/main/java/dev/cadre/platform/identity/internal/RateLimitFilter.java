package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.RateLimits;
import dev.cadre.platform.shared.web.ClientAddress;
import dev.cadre.platform.shared.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts the requests of the API and of signing in, before anything is done for them. */
final class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final ClientAddress addresses;
    private final ProblemWriter problems;

    RateLimitFilter(RateLimits limits, ClientAddress addresses, ProblemWriter problems) {
        this.limits = limits;
        this.addresses = addresses;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getServletPath();
        boolean counted = path.startsWith("/api/") || path.startsWith("/auth/") || path.equals("/oauth/callback");
        return !counted || path.equals("/api/v1/events"); // whose token is in the handshake: counted there
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            var caller = CurrentCaller.find();
            if (!request.getServletPath().startsWith("/api/")) {
                limits.countSignIn(request, addresses.of(request), response);
            } else if (caller.isPresent()) {
                limits.count(caller.get(), response);
            } else {
                limits.countStranger(addresses.of(request), response);
            }
        } catch (RuntimeException e) {
            problems.write(e, request, response); // too many, or the database is away
            return;
        }
        chain.doFilter(request, response);
    }
}
