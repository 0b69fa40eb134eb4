package dev.cadre.platform.connector.internal;

import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.connector.HttpAnswer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** Tells what a route's exception means to the engine. */
final class RouteFailures {

    private RouteFailures() {}

    /** A {@link StepException} from inside the route comes out as it is; what is unknown stays what it is, a fault. */
    static Exception of(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StepException known -> {
                    return known;
                }
                case HttpOperationFailedException refused -> {
                    return answer(refused);
                }
                case IOException broken -> {
                    return unreachable(broken);
                }
                default -> {}
            }
        }
        return failure;
    }

    private static StepException answer(HttpOperationFailedException refused) {
        var headers = new TreeMap<String, String>();
        refused.getResponseHeaders().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        var body = refused.getResponseBody() == null ? "" : refused.getResponseBody();
        return new HttpAnswer(refused.getStatusCode(), headers, body).failure("HTTP", body);
    }

    private static StepException unreachable(IOException broken) {
        boolean late = broken instanceof SocketTimeoutException
                || broken instanceof ConnectTimeoutException
                || broken instanceof InterruptedIOException;
        return late
                ? new Retryable("HTTP_TIMEOUT", "The service did not answer in time.", null, broken)
                : new Retryable(
                        "HTTP_UNREACHABLE", "The service can't be reached: " + broken.getMessage(), null, broken);
    }
}
