package dev.cadre.platform.identity.internal;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.AccessTokens;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.shared.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads {@code Authorization: Bearer}. A token that is not valid leaves the request anonymous, and so refused. */
final class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final AccessTokens tokens;
    private final ProblemWriter problems;

    BearerFilter(AccessTokens tokens, ProblemWriter problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // signing in and out must work with whatever old token a client still sends
        return request.getRequestURI().startsWith("/auth/");
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            Optional<Caller> caller;
            try {
                caller = tokens.verify(header.substring(SCHEME.length()).strip());
            } catch (RuntimeException e) {
                problems.write(e, request, response); // the database is away
                return;
            }
            if (caller.isPresent()) {
                enter(caller.get(), request, response, chain);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** The rest of the request sees the rows of the caller's organization only. */
    private static void enter(
            Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller));
        SecurityContextHolder.setContext(context);
        ScopedValue.CallableOp<Boolean, Exception> rest = () -> {
            chain.doFilter(request, response);
            return true;
        };
        try {
            Walls.within(caller.organization(), rest);
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
