package dev.cadre.platform.shared.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;

/** What Tomcat answers to requests that it refuses itself, such as a broken request line: a problem, nothing else. */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        int code = response.getStatus();
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var status = HttpStatus.resolve(code);
        var failure = Failures.of(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status);
        // no text of the request goes in here, so nothing needs to be escaped
        var body = """
                {"type":"/problems/%s","title":"%s","status":%d,"detail":"%s","instance":"","code":"%s","traceId":"%s"}""".formatted(
                        failure.code(),
                        status == null ? "Error" : status.getReasonPhrase(),
                        code,
                        failure.detail(),
                        failure.code(),
                        TraceId.create());
        try {
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            response.setHeader("Cache-Control", "no-store");
            response.setContentType("application/problem+json");
            response.setCharacterEncoding("UTF-8");
            var writer = response.getReporter();
            if (writer != null) {
                writer.write(body);
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            // the caller has gone, nobody is left to be answered
        }
    }
}
