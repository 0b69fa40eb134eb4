package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.shared.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps callers to the security rules of their organization, behind the filter that knows who they are. What a person needs to
 * see where they are, to set a second factor up and to go to another organization stays open.
 */
final class AccessRulesFilter extends OncePerRequestFilter {

    private static final Pattern OPEN =
            Pattern.compile("GET /api/v1/(me|me/access|me/totp|organizations)|POST /api/v1/organizations/[^/]+/switch");
    private static final Pattern SET_UP = Pattern.compile("POST /api/v1/me/totp(/confirm)?");

    private final AccessRules rules;
    private final ProblemWriter problems;

    AccessRulesFilter(AccessRules rules, ProblemWriter problems) {
        this.rules = rules;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = CurrentCaller.find();
        var call = request.getMethod() + " " + request.getServletPath();
        if (caller.isPresent() && !OPEN.matcher(call).matches()) {
            try {
                if (SET_UP.matcher(call).matches()) {
                    rules.checkAddress(caller.get().organization());
                } else {
                    rules.check(caller.get(), caller.get().organization());
                }
            } catch (RuntimeException e) {
                problems.write(e, request, response); // refused, or the database is away
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
