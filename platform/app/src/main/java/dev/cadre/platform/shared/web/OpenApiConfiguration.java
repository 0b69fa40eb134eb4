package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.OrganizationId;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.Optional;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** Describes the API at {@code /v3/api-docs}: what all operations share is said here once. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String PROBLEM = "ProblemDocument";
    private static final String BEARER = "bearer";
    private static final String API_KEY = "apiKey";

    @Bean
    OpenAPI openApi() {
        typedIdsAreUuids();
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(PageQuery.class, IfMatch.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Cadre")
                        .description("Build, deploy and run an AI workforce.")
                        .version("v1")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .addServersItem(new Server().url("/"))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description("The access token of a person's sign-in: POST /auth/login."))
                        .addSecuritySchemes(
                                API_KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("cdr_")
                                        .description("An API key (POST /api/v1/api-keys) with the scopes that the"
                                                + " operation needs.")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .addSecurityItem(new SecurityRequirement().addList(API_KEY));
    }

    /** Paging and revisions, which controllers take as one parameter each. */
    @Bean
    GlobalOperationCustomizer conventionsOfOperations() {
        return (operation, handler) -> {
            var controller = handler.getBeanType().getSimpleName().replace("Controller", "");
            operation.setOperationId(StringUtils.uncapitalize(controller)
                    + StringUtils.capitalize(handler.getMethod().getName()));
            for (var parameter : handler.getMethodParameters()) {
                describe(operation, parameter);
            }
            if (isPost(handler)) {
                operation.addParametersItem(header("Idempotency-Key", false)
                        .description(
                                "Makes a repeated request safe: it is answered like the first one, for 24 hours."));
            }
            return operation;
        };
    }

    @Bean
    GlobalOpenApiCustomizer problemsAndNames() {
        return api -> {
            ModelConverters.getInstance().readAll(ProblemDocument.class).forEach(api.getComponents()::addSchemas);
            var problem = new ApiResponse()
                    .description("A problem document says what went wrong and what to do.")
                    .content(new Content()
                            .addMediaType(
                                    "application/problem+json",
                                    new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
            api.getPaths()
                    .values()
                    .forEach(path -> path.readOperations()
                            .forEach(operation -> operation.getResponses().addApiResponse("default", problem)));
            new LowerCaseSchemas().visit(api);
        };
    }

    private static void describe(Operation operation, MethodParameter parameter) {
        if (parameter.getParameterType() == PageQuery.class) {
            operation.addParametersItem(query(
                    "limit",
                    new IntegerSchema()
                            .format(null)
                            .minimum(BigDecimal.ONE)
                            .maximum(BigDecimal.valueOf(PageQuery.MAX_LIMIT))
                            ._default(PageQuery.DEFAULT_LIMIT)));
            operation.addParametersItem(
                    query("cursor", new StringSchema()).description("nextCursor of the page before"));
        }
        boolean optional = parameter.getParameterType() == Optional.class;
        if (parameter.nestedIfOptional().getNestedParameterType() == IfMatch.class) {
            operation.addParametersItem(header("If-Match", !optional).description("The ETag that was read"));
        }
    }

    private static boolean isPost(HandlerMethod handler) {
        return handler.hasMethodAnnotation(PostMapping.class)
                && !handler.getBeanType().getSimpleName().startsWith("Authentication");
    }

    private static Parameter query(String name, Schema<?> schema) {
        return new Parameter().in("query").name(name).schema(schema);
    }

    private static Parameter header(String name, boolean required) {
        return new Parameter().in("header").name(name).required(required).schema(new StringSchema());
    }

    private static void typedIdsAreUuids() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(
                (reader, factory) -> reader.getClassMetadata().getClassName().endsWith("Id"));
        for (BeanDefinition found : scanner.findCandidateComponents(OrganizationId.class.getPackageName())) {
            try {
                var type = Class.forName(found.getBeanClassName());
                if (IdConverter.isId(type)) {
                    SpringDocUtils.getConfig().replaceWithSchema(type, new UUIDSchema());
                }
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
