package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.shared.web.ProblemWriter;
import dev.cadre.platform.workflow.Workflows;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the two doors. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    Routes routes(WebhookRows rows, Workflows workflows, RunStarter starter) {
        return new Routes(rows, workflows, starter, System::nanoTime);
    }

    @Bean
    ServletRegistrationBean<WebhookServlet> publishedWebhooks(
            Routes routes,
            Listening listening,
            RunStarter starter,
            ProblemWriter problems,
            ApplicationEventPublisher events,
            WebhookSettings settings) {
        return door("hooks", new WebhookServlet(routes, listening, starter, problems, events, settings, false));
    }

    @Bean
    ServletRegistrationBean<WebhookServlet> draftWebhooks(
            Routes routes,
            Listening listening,
            RunStarter starter,
            ProblemWriter problems,
            ApplicationEventPublisher events,
            WebhookSettings settings) {
        return door("hooks-test", new WebhookServlet(routes, listening, starter, problems, events, settings, true));
    }

    private static ServletRegistrationBean<WebhookServlet> door(String name, WebhookServlet servlet) {
        var registration = new ServletRegistrationBean<>(servlet, "/" + name + "/*");
        registration.setName(name);
        registration.setLoadOnStartup(1);
        return registration;
    }
}
