package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.Caller;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts permissions and callers into Spring MVC. */
@Configuration(proxyBeanMethods = false)
class IdentityWebConfiguration implements WebMvcConfigurer {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    private final PermissionInterceptor permissions;

    IdentityWebConfiguration(PermissionInterceptor permissions) {
        this.permissions = permissions;
    }

    /** No API key may do what only a person may. */
    @Bean
    GlobalOperationCustomizer personOnlyOperations() {
        return (operation, handler) -> PermissionInterceptor.isPersonOnly(handler)
                ? operation.security(List.of(new SecurityRequirement().addList("bearer")))
                : operation;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(permissions).excludePathPatterns("/hooks/**", "/hooks-test/**", "/hooks-resume/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CurrentCaller());
    }
}
