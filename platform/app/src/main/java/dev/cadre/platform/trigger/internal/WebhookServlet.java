package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.shared.web.Failure;
import dev.cadre.platform.shared.web.ProblemWriter;
import dev.cadre.platform.shared.web.RequestRefused;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.trigger.WebhookHeard;
import dev.cadre.platform.trigger.internal.admission.Replays;
import dev.cadre.platform.trigger.internal.admission.Signed;
import dev.cadre.spi.trigger.HttpTrigger;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;

/**
 * The door for webhooks: {@code /hooks/} for published versions, {@code /hooks-test/} for drafts that somebody listens
 * to. A plain servlet, since thousands of requests a second pass it.
 */
final class WebhookServlet extends HttpServlet {

    /** A request that was let in; {@code signed} where it may come once only. */
    private record Call(Map<String, Object> data, @Nullable Signed signed) {}

    private final transient Routes routes;
    private final transient Listening listening;
    private final transient RunStarter starter;
    private final transient Replays replays;
    private final transient Correlated correlated;
    private final transient ProblemWriter problems;
    private final transient ApplicationEventPublisher events;
    private final transient WebhookSettings settings;
    private final boolean test;

    WebhookServlet(
            Routes routes,
            Listening listening,
            RunStarter starter,
            Replays replays,
            Correlated correlated,
            ProblemWriter problems,
            ApplicationEventPublisher events,
            WebhookSettings settings,
            boolean test) {
        this.routes = routes;
        this.listening = listening;
        this.starter = starter;
        this.replays = replays;
        this.correlated = correlated;
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
        var asked = preflight(request);
        if (asked != null
                && routes.find(path, asked)
                        .filter(route -> answered(route, request, response))
                        .isPresent()) {
            return;
        }
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
        var asked = preflight(request);
        if (asked != null && listener.answers(asked) && answered(listening.route(listener), request, response)) {
            return;
        }
        if (listener.answers(request.getMethod())) {
            run(listening.route(listener), path, request, response);
        } else {
            refuseMethod(new TreeSet<>(listener.methods()), request, response);
        }
    }

    /** The method that a browser asks whether it may send; null where it asks nothing. */
    private static @Nullable String preflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Origin") != null
                ? request.getHeader("Access-Control-Request-Method")
                : null;
    }

    private static boolean answered(Route route, HttpServletRequest request, HttpServletResponse response) {
        var gate = route.gate();
        if (gate == null || !gate.answersPreflight()) {
            return false;
        }
        gate.preflight(request, response);
        return true;
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
        var call = admitted(route, path, request, response);
        var correlation = route.correlation();
        if (correlation != null) {
            var told = correlated.tell(route, correlation, call.data(), call.signed());
            WebhookAnswer.accepted(response, told.toString());
            return;
        }
        var definition = route.definition();
        var started = start(route, call);
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

    /** Reads the request; refuses one that may not come in. */
    private Call admitted(Route route, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var gate = route.gate();
        request.setAttribute(RequestRefused.ORGANIZATION, route.definition().organization());
        var known = gate == null ? null : gate.admit(request, response);
        var body = TriggerData.bytes(request, settings.maxBody().toBytes());
        var signed = gate == null || known != null ? known : gate.verify(request, response, body);
        if (gate != null) {
            gate.count(response);
        }
        var hidden = gate == null ? Set.<String>of() : gate.hidden();
        return new Call(TriggerData.of(request, path, body, route.body(), hidden), signed);
    }

    private RunStarter.Started start(Route route, Call call) {
        var definition = route.definition();
        var organization = definition.organization();
        var signed = call.signed();
        if (signed == null) {
            return starter.start(new RunStarter.Start(organization, definition, route.stepType(), call.data(), null));
        }
        return replays.once(
                organization,
                signed,
                run -> starter.start(new RunStarter.Start(
                        organization, definition, route.stepType(), call.data(), null, run, null)));
    }
}
