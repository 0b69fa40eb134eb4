package dev.cadre.spi.http;

/**
 * Sends HTTP requests through the platform's egress guard.
 *
 * @since 0.1
 */
public interface HttpClient {

    /**
     * Sends the request and reads the whole answer, whatever its status.
     *
     * @throws dev.cadre.spi.StepException.Retryable {@code HTTP_UNREACHABLE}, {@code HTTP_TIMEOUT}
     * @throws dev.cadre.spi.StepException.Rejected {@code EGRESS_DENIED}, {@code RESPONSE_TOO_LARGE}, {@code HTTP_INVALID_REQUEST}
     */
    HttpResponse send(HttpRequest request);
}
