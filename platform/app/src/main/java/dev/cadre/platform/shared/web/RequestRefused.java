package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.OrganizationId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request was refused; the log of who did what counts them.
 *
 * @param organization whose door it was, where the request itself said so; null where it is that of the caller, or nobody's
 * @param forged whether it showed a key or token that the hub did not make, rather than none or one that is over
 * @param call method and path, of which only what can be no secret is left
 */
public record RequestRefused(
        @Nullable OrganizationId organization, Actor actor, int status, String code, boolean forged, String call) {

    /** Attribute of a request: the {@link OrganizationId} whose door it is at. */
    public static final String ORGANIZATION = RequestRefused.class.getName() + ".organization";

    /** Attribute of a request that showed something that the hub did not make. */
    public static final String FORGED = RequestRefused.class.getName() + ".forged";

    private static final int MAX_SEGMENTS = 12;
    private static final Pattern TELLING =
            Pattern.compile("[a-z][a-z0-9]?|[a-z][a-z-]{0,29}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    static RequestRefused of(Failure failure, Actor actor, HttpServletRequest request) {
        return new RequestRefused(
                request.getAttribute(ORGANIZATION) instanceof OrganizationId door ? door : null,
                actor,
                failure.status().value(),
                failure.code(),
                request.getAttribute(FORGED) != null,
                method(request.getMethod()) + " " + path(request.getRequestURI()));
    }

    private static String method(String method) {
        return method.matches("[A-Z]{1,10}") ? method : "…";
    }

    /** Words and ids; anything else may be a secret in the wrong place. */
    private static String path(String path) {
        return Arrays.stream(path.split("/"))
                .limit(MAX_SEGMENTS)
                .map(part -> part.isEmpty() || TELLING.matcher(part).matches() ? part : "…")
                .collect(Collectors.joining("/"));
    }
}
