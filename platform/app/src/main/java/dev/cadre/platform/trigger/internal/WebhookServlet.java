package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.shared.web.Failure;
import dev.cadre.platform.shared.web.ProblemWriter;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.trigger.WebhookHeard;
import dev.cadre.spi.trigger.HttpTrigger;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;

/**
 * The door for webhooks: {@code /hooks/} for published versions, {@code /hooks-test/} for drafts that somebody listens
 * to. A plain servlet, since thousands of requests a second pass it.
 */
final class WebhookServlet extends HttpServlet {

    private final transient Routes routes;
    private final transient Listening listening;
    private final transient RunStarter starter;
    private final transient ProblemWriter problems;
    private final transient ApplicationEventPublisher events;
    private final transient WebhookSettings settings;
    private final boolean test;

    WebhookServlet(
            Routes routes,
            Listening listening,
            RunStarter starter,
            ProblemWriter problems,
            ApplicationEventPublisher events,
            WebhookSettings settings,
            boolean test) {
        this.routes = routes;
        this.listening = listening;
        this.starter = starter;
        this.problems = problems;
        this.events = events;
        this.settings = settings;
        this.test = test;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var info = request.getPathInfo();
        var path = info == null ? "" : info.substring(1);
        try {
            if (test) {
                runDraft(path, request, response);
            } else {
                runPublished(path, request, response);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.write(e, request, response);
        } catch (RuntimeException e) {
            problems.write(e, request, response);
        }
    }

    private void runPublished(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        var route = routes.find(path, request.getMethod());
        if (route.isPresent()) {
            run(route.get(), path, request, response);
            return;
        }
        var methods = routes.methods(path);
        if (methods.isEmpty()) {
            throw TriggerException.unknownPath(request.getRequestURI());
        }
        refuseMethod(methods, request, response);
    }

    private void runDraft(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        var listener = listening.at(path).orElseThrow(() -> TriggerException.nobodyListens(request.getRequestURI()));
        if (listener.answers(request.getMethod())) {
            run(listening.route(listener), path, request, response);
        } else {
            refuseMethod(new TreeSet<>(listener.methods()), request, response);
        }
    }

    private void refuseMethod(SortedSet<String> methods, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var answered = String.join(", ", methods);
        response.setHeader("Allow", answered);
        var detail = request.getRequestURI() + " answers " + answered + " only.";
        problems.write(Failure.of(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", detail), request, response);
    }

    private void run(Route route, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        var definition = route.definition();
        var data = TriggerData.of(request, path, settings.maxBody().toBytes());
        var started = starter.start(
                new RunStarter.Start(definition.organization(), definition, route.stepType(), data, null));
        var runId = started.run().toString();
        response.setHeader("X-Cadre-Run-Id", runId);
        if (test) {
            events.publishEvent(
                    new WebhookHeard(definition.organization(), definition.workflow(), started.run(), Instant.now()));
        }
        if (route.respond() == HttpTrigger.Respond.IMMEDIATELY) {
            WebhookAnswer.accepted(response, runId);
            return;
        }
        try {
            WebhookAnswer.of(started.outcome().get(settings.patience().toMillis(), TimeUnit.MILLISECONDS), response);
        } catch (TimeoutException e) {
            // The run goes on; its output will be at the address given.
            WebhookAnswer.accepted(response, runId);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
