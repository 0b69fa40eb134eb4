package dev.cadre.spi.connector;

import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException.Rejected;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Prepares an exchange for one HTTP request from values that a user may have written: paths and queries are encoded, a
 * header can't smuggle in another, and nothing steers Camel. Follow it by {@code to(HttpCall.ENDPOINT)} and {@link
 * HttpAnswer}. Redirects are not followed.
 *
 * @since 0.1
 */
public final class HttpCall {

    /** The endpoint that performs the prepared request, whatever status it answers. */
    public static final String ENDPOINT = "https://connection?throwExceptionOnFailure=false&deleteWithBody=true";

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> RESERVED =
            Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect");

    private final Message message;
    private final StringBuilder uri;
    private final StringBuilder query = new StringBuilder();

    private HttpCall(Message message, URI base) {
        this.message = message;
        var text = base.toASCIIString();
        this.uri = new StringBuilder(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /** A request to an address below {@code base}, which comes from the connection. The body stays as it is. */
    public static HttpCall of(Exchange exchange, String method, URI base) {
        var scheme = base.getScheme();
        if (scheme == null
                || !Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
                || base.getHost() == null
                || base.getPort() > 65_535) {
            throw new Rejected(
                    "INVALID_ADDRESS", "The connection's address must start with http:// or https:// and name a host.");
        }
        if (base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new Rejected(
                    "INVALID_ADDRESS", "The connection's address must not hold credentials, a query or a fragment.");
        }
        var message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, method);
        var call = new HttpCall(message, base);
        call.write();
        return call;
    }

    /** Appends a path: its slashes separate, everything else is encoded; it can't climb above the base. */
    public HttpCall path(String path) {
        var relative = path.startsWith("/") ? path.substring(1) : path;
        if (!relative.isEmpty()) {
            for (var part : relative.split("/", -1)) {
                segment(part);
            }
        }
        return this;
    }

    /** Appends one path segment; slashes in it are encoded. */
    public HttpCall segment(String value) {
        if (value.equals(".") || value.equals("..")) {
            throw new Rejected("INVALID_PATH", "A path must not contain . or .. as a part.");
        }
        var encoded = encode(value).replace("%3A", ":").replace("%40", "@").replace("%2C", ",");
        uri.append('/').append(encoded);
        write();
        return this;
    }

    /** Adds a parameter to the query; null adds nothing. */
    public HttpCall query(String name, @Nullable Object value) {
        if (value != null) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(encode(name))
                    .append('=')
                    .append(encode(value.toString()));
            write();
        }
        return this;
    }

    /** Sets a header; null sets nothing. */
    public HttpCall header(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()
                || RESERVED.contains(lower)
                || lower.startsWith("camel")
                || lower.startsWith("org.apache.camel")) {
            throw new Rejected("INVALID_HEADER", "The header name \"" + name + "\" can't be used.");
        }
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
            throw new Rejected("INVALID_HEADER", "The value of the header \"" + name + "\" holds a control character.");
        }
        message.setHeader(name, value);
        return this;
    }

    public HttpCall bearer(Secret token) {
        return header("Authorization", "Bearer " + token.value());
    }

    public HttpCall basic(String user, Secret password) {
        var text = user + ":" + password.value();
        return header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The body to send. JSON values are turned into text by {@code marshal().json()} in the route. */
    public HttpCall body(String contentType, @Nullable Object body) {
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setBody(body);
        return this;
    }

    /** JSON values as body; the route needs {@code marshal().json()} next. */
    public HttpCall json(Object body) {
        return body("application/json", body);
    }

    /** No body. */
    public HttpCall noBody() {
        message.setBody(null);
        return this;
    }

    private void write() {
        message.setHeader(Exchange.HTTP_URI, uri.toString());
        if (!query.isEmpty()) {
            message.setHeader(Exchange.HTTP_RAW_QUERY, query.toString());
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
