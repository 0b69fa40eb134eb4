package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.KnownCallers;
import dev.cadre.platform.identity.RateLimits;
import dev.cadre.platform.secret.MasterKey;
import dev.cadre.platform.shared.web.ClientAddress;
import dev.cadre.platform.shared.web.Cursors;
import dev.cadre.platform.shared.web.ProblemWriter;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * Who may come in. Webhooks bypass it all (they authenticate by their own means, thousands of times a second);
 * everything under {@code /api} needs a token; what a token may do is decided by {@link PermissionInterceptor}.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Cursors cursors(MasterKey masterKey) {
        return new Cursors(
                masterKey.derive("cursor", 32),
                masterKey.derivePrevious("cursor", 32).orElse(null));
    }

    /** Keeps Spring Boot from making up a user with a password of its own. */
    @Bean
    AuthenticationManager noPasswordsHere() {
        return authentication -> {
            throw new IllegalStateException("Sign-in goes through /auth/login only");
        };
    }

    @Bean
    @Order(1)
    SecurityFilterChain webhooks() {
        var paths = PathPatternRequestMatcher.withDefaults();
        return new DefaultSecurityFilterChain(
                new OrRequestMatcher(
                        paths.matcher("/hooks/**"), paths.matcher("/hooks-test/**"), paths.matcher("/hooks-resume/**")),
                List.of());
    }

    @Bean
    @Order(2)
    SecurityFilterChain everythingElse(
            HttpSecurity http,
            KnownCallers callers,
            RateLimits limits,
            AccessRules rules,
            ProblemWriter problems,
            ClientAddress addresses,
            IdentitySettings settings) {
        return http.csrf(AbstractHttpConfigurer::disable) // no cookie authenticates but at /auth, see OwnOrigin
                .cors(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(BrowserRules::write)
                .addFilterBefore(new BearerFilter(callers, problems, addresses), AnonymousAuthenticationFilter.class)
                .addFilterAfter(new RateLimitFilter(limits, addresses, problems), BearerFilter.class)
                .addFilterAfter(new AccessRulesFilter(rules, problems), RateLimitFilter.class)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (request, response, e) -> problems.write(e, request, response))
                        .accessDeniedHandler((request, response, e) -> problems.write(e, request, response)))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/v1/events")
                        .permitAll() // a browser sends its token in the handshake's sub-protocol
                        .requestMatchers("/api/**")
                        .authenticated()
                        .requestMatchers("/actuator/health", "/actuator/health/**", "/actuator/info")
                        .permitAll()
                        .requestMatchers("/actuator/prometheus")
                        .access((authentication, request) -> metrics(settings, addresses, request))
                        .requestMatchers("/actuator/**")
                        .denyAll()
                        .anyRequest() // the web application; a controller out there is refused by PermissionInterceptor
                        .permitAll())
                .build();
    }

    private static AuthorizationDecision metrics(
            IdentitySettings settings, ClientAddress addresses, RequestAuthorizationContext context) {
        return new AuthorizationDecision(settings.metricsPublic() || addresses.isLocal(context.getRequest()));
    }
}
