package dev.cadre.platform.shared.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands {@link PageQuery} and {@link IfMatch} to controller methods that take them. */
final class ConventionResolvers {

    private ConventionResolvers() {}

    static final class Pages implements HandlerMethodArgumentResolver {

        private final Cursors cursors;

        Pages(Cursors cursors) {
            this.cursors = cursors;
        }

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == PageQuery.class;
        }

        @Override
        public PageQuery resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            var cursor = request.getParameter("cursor");
            var list = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class))
                    .getRequestURI();
            return new PageQuery(
                    limit(request.getParameter("limit")),
                    cursor == null || cursor.isEmpty() ? List.of() : cursors.read(list, cursor),
                    list,
                    cursors);
        }

        private static int limit(@Nullable String text) {
            if (text == null || text.isEmpty()) {
                return PageQuery.DEFAULT_LIMIT;
            }
            if (text.matches("\\d{1,3}")) {
                int limit = Integer.parseInt(text);
                if (limit >= 1 && limit <= PageQuery.MAX_LIMIT) {
                    return limit;
                }
            }
            throw RequestException.parameter("limit", "Must be a number from 1 to " + PageQuery.MAX_LIMIT + ".");
        }
    }

    static final class IfMatches implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.nestedIfOptional().getNestedParameterType() == IfMatch.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            var match = IfMatch.of(request.getHeader(HttpHeaders.IF_MATCH));
            if (parameter.getParameterType() == Optional.class) {
                return Optional.ofNullable(match);
            }
            if (match == null) {
                throw RequestException.ifMatchRequired();
            }
            return match;
        }
    }
}
