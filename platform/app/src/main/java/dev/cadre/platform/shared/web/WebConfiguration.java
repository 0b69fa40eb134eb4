package dev.cadre.platform.shared.web;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;

/** Sets Spring MVC, Jackson and Tomcat up for the conventions of the API. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private static final String[] STATIC = {"classpath:/static/"};

    private final Cursors cursors;

    WebConfiguration(Cursors cursors) {
        this.cursors = cursors;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ConventionResolvers.Pages(cursors));
        resolvers.add(new ConventionResolvers.IfMatches());
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(new IdConverter());
        registry.addConverter(new TimeConverter());
        registry.addConverterFactory(new LowerCaseEnums());
    }

    /** The web application: built files carry a hash in their name, every other path of a browser is its index page. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/static/assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(STATIC)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new WebApplicationResolver());
    }

    @Bean
    JsonMapperBuilderCustomizer lowerCaseEnums() {
        return json ->
                json.enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE).enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> cutsSlowClientsOff(WebSettings settings) {
        var pace = new PacedProtocol.Pace(
                settings.headPatience(),
                settings.bodyPatience(),
                settings.bodyRate().toBytes());
        return tomcat -> {
            tomcat.setProtocol(PacedProtocol.class.getName());
            tomcat.addProtocolHandlerCustomizers(
                    (TomcatProtocolHandlerCustomizer<PacedProtocol>) protocol -> protocol.keepTo(pace));
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof org.apache.catalina.core.StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }
}
