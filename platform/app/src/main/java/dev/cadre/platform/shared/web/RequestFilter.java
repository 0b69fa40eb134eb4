package dev.cadre.platform.shared.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Goes first: names the request in the log, tells browsers to stay with TLS, and keeps a webhook's answer from acting as a
 * page of this origin.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestFilter extends OncePerRequestFilter {

    /** Two years, as the lists of browsers ask for. */
    private static final String STAY_WITH_TLS = "max-age=63072000; includeSubDomains";

    private final ClientAddress clients;
    private final ProblemWriter problems;

    RequestFilter(ClientAddress clients, ProblemWriter problems) {
        this.clients = clients;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getServletPath();
        if (path.startsWith("/hooks")) {
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
            response.setHeader("Referrer-Policy", "same-origin");
        }
        // every other port of a developer's own machine would be asked for TLS too
        if (clients.isSecure(request) && !"localhost".equals(request.getServerName())) {
            response.setHeader("Strict-Transport-Security", STAY_WITH_TLS);
        }
        if (path.startsWith("/hooks-") && !request.getRequestURI().startsWith(path)) {
            // written as /hooks%2Dtest: some of what comes behind takes the path as it is, some as it is meant
            problems.write(Failures.notFound(), request, response);
            return;
        }
        MDC.put(TraceId.KEY, TraceId.of(request));
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(TraceId.KEY);
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
