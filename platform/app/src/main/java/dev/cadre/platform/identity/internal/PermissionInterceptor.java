package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.organization.OrganizationException;
import dev.cadre.platform.shared.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses every call of a controller of ours that its {@link Requires} does not allow, and all that have none. */
@Component
class PermissionInterceptor implements HandlerInterceptor {

    /** The only paths whose controllers do without a permission; each checks its callers by other means. */
    static final Pattern PUBLIC = Pattern.compile("/(auth|hooks|hooks-test|hooks-resume)/.*|/oauth/callback|/error");

    private final ProblemWriter problems;

    private final ClosedOrganizations closed;

    PermissionInterceptor(ProblemWriter problems, ClosedOrganizations closed) {
        this.problems = problems;
        this.closed = closed;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)
                || !isOurs(method)
                || PUBLIC.matcher(request.getServletPath()).matches()) {
            return true;
        }
        var requires = method.getMethodAnnotation(Requires.class);
        var caller = CurrentCaller.find();
        if (caller.isEmpty()) {
            problems.write(new InsufficientAuthenticationException("No caller"), request, response);
            return false;
        }
        if (!caller.get().isPerson() && isPersonOnly(method)) {
            problems.write(IdentityException.personOnly(), request, response);
            return false;
        }
        if (requires == null || !caller.get().may(requires.value())) {
            problems.write(refusal(requires, caller.get()), request, response);
            return false;
        }
        return true;
    }

    static boolean isPersonOnly(HandlerMethod method) {
        return method.hasMethodAnnotation(PersonOnly.class)
                || method.getBeanType().isAnnotationPresent(PersonOnly.class);
    }

    private RuntimeException refusal(@Nullable Requires requires, Caller caller) {
        if (requires != null && closed.contain(caller.organization())) {
            return OrganizationException.closed();
        }
        if (requires != null && !caller.isPerson()) {
            return IdentityException.scopeMissing(requires.value());
        }
        boolean elsewhere = requires != null && Permission.of(caller.role()).contains(requires.value());
        return elsewhere ? IdentityException.firstOrganizationOnly() : new AccessDeniedException("No permission");
    }

    private static boolean isOurs(HandlerMethod method) {
        return method.getBeanType().getName().startsWith("dev.cadre.");
    }
}
