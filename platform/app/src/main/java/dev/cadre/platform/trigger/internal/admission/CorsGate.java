package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.spi.trigger.Cors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;

/** Lets web pages of some origins call, and tells their browsers so. Who sends no origin is no web page. */
final class CorsGate {

    private final Cors rules;
    private final Set<String> methods;
    private final Set<String> headers;

    /** {@code methods} are the trigger's, empty for all; {@code proof} are the headers of its authentication. */
    CorsGate(Cors rules, Set<String> methods, Set<String> proof) {
        this.rules = rules;
        this.methods = rules.methods().isEmpty() ? methods : rules.methods();
        this.headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.add(HttpHeaders.CONTENT_TYPE);
        headers.addAll(proof);
        headers.addAll(rules.headers());
    }

    /** Refuses (403) a page of another origin; what is answered from now on the page may read. */
    void admit(HttpServletRequest request, HttpServletResponse response) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean all = rules.origins().contains("*");
        if (!all) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        if (origin == null) {
            return;
        }
        if (!all && !rules.origins().contains(origin.toLowerCase(Locale.ROOT))) {
            throw TriggerException.foreignPage();
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, all ? "*" : origin);
        response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Cadre-Run-Id, Location, Retry-After");
    }

    /** Answers a browser that asks before it sends the request itself. */
    void preflight(HttpServletRequest request, HttpServletResponse response) {
        admit(request, response);
        var method = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        var asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (!methods.isEmpty() && !methods.contains(method) || !allowsHeaders(asked == null ? "" : asked)) {
            throw TriggerException.foreignPage();
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        response.setHeader(
                HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
                methods.isEmpty() ? method : String.join(", ", new TreeSet<>(methods)));
        response.setHeader(
                HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers.contains("*") ? asked : String.join(", ", headers));
        response.setHeader(
                HttpHeaders.ACCESS_CONTROL_MAX_AGE, Long.toString(rules.maxAge().toSeconds()));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private boolean allowsHeaders(String asked) {
        for (var header : asked.split(",")) {
            if (!header.isBlank() && !headers.contains(header.strip()) && !headers.contains("*")) {
                return false;
            }
        }
        return true;
    }
}
