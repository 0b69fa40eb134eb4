package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.run.Events;
import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.shared.web.ProblemWriter;
import dev.cadre.platform.trigger.internal.admission.Replays;
import dev.cadre.platform.workflow.Workflows;
import jakarta.servlet.http.HttpServlet;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the doors: for what starts runs, for drafts that are listened to, for what runs wait for. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    Routes routes(WebhookRows rows, Workflows workflows, Bindings bindings, RunStarter starter) {
        return new Routes(rows, workflows, bindings, starter, System::nanoTime);
    }

    @Bean
    ServletRegistrationBean<WebhookServlet> publishedWebhooks(
            Routes routes,
            Listening listening,
            RunStarter starter,
            Replays replays,
            Correlated correlated,
            ProblemWriter problems,
            ApplicationEventPublisher events,
            WebhookSettings settings) {
        return door(
                "hooks",
                new WebhookServlet(routes, listening, starter, replays, correlated, problems, events, settings, false));
    }

    @Bean
    ServletRegistrationBean<WebhookServlet> draftWebhooks(
            Routes routes,
            Listening listening,
            RunStarter starter,
            Replays replays,
            Correlated correlated,
            ProblemWriter problems,
            ApplicationEventPublisher events,
            WebhookSettings settings) {
        return door(
                "hooks-test",
                new WebhookServlet(routes, listening, starter, replays, correlated, problems, events, settings, true));
    }

    @Bean
    ServletRegistrationBean<ResumeServlet> resumptions(
            Events events, ProblemWriter problems, WebhookSettings settings) {
        return door("hooks-resume", new ResumeServlet(events, problems, settings));
    }

    @Bean
    FilterRegistrationBean<Door> pastTheFilters(
            @Qualifier("publishedWebhooks") ServletRegistrationBean<WebhookServlet> publishedWebhooks) {
        var registration =
                new FilterRegistrationBean<>(new Door(Objects.requireNonNull(publishedWebhooks.getServlet())));
        registration.addUrlPatterns("/hooks/*");
        registration.setName("hooks-door");
        registration.setOrder(Door.ORDER);
        registration.setAsyncSupported(true);
        return registration;
    }

    private static <S extends HttpServlet> ServletRegistrationBean<S> door(String name, S servlet) {
        var registration = new ServletRegistrationBean<>(servlet, "/" + name + "/*");
        registration.setName(name);
        registration.setLoadOnStartup(1);
        return registration;
    }
}
