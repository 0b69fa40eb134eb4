package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.run.Events;
import dev.cadre.platform.shared.web.Failure;
import dev.cadre.platform.shared.web.ProblemWriter;
import dev.cadre.spi.trigger.BodyRules;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;

/**
 * The door for what runs wait for: {@code /hooks-resume/} and the token of a message event. Only POST and PUT tell
 * something, since links are looked at by whatever previews them.
 */
final class ResumeServlet extends HttpServlet {

    private final transient Events events;
    private final transient ProblemWriter problems;
    private final transient WebhookSettings settings;

    ResumeServlet(Events events, ProblemWriter problems, WebhookSettings settings) {
        this.events = events;
        this.problems = problems;
        this.settings = settings;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!request.getMethod().equals("POST") && !request.getMethod().equals("PUT")) {
                response.setHeader("Allow", "POST, PUT");
                problems.write(
                        Failure.of(
                                HttpStatus.METHOD_NOT_ALLOWED,
                                "method-not-allowed",
                                "A run is told what it waits for by POST or PUT."),
                        request,
                        response);
                return;
            }
            var info = request.getPathInfo();
            var token = info == null ? "" : info.substring(1);
            var body = TriggerData.bytes(request, settings.maxBody().toBytes());
            var data = TriggerData.of(request, "", body, BodyRules.AUTO, Set.of());
            WebhookAnswer.accepted(response, events.resume(token, data).toString());
        } catch (RuntimeException e) {
            problems.write(e, request, response);
        }
    }
}
