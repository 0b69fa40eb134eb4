package dev.cadre.platform.shared.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Finds files of the web application, and its index page for every path that only the browser's router knows. Paths of
 * the API are never answered with a page.
 */
final class WebApplicationResolver extends PathResourceResolver {

    private static final Pattern SERVERS_OWN = Pattern.compile(
            "(api|auth|hooks|hooks-test|hooks-resume|oauth|actuator|v1|v3|docs|mcp|assets|problems|error)(/.*)?");

    @Override
    protected @Nullable Resource resolveResourceInternal(
            @Nullable HttpServletRequest request,
            String path,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        var file = super.resolveResourceInternal(request, path, locations, chain);
        if (file != null || request == null || !isPage(request, path)) {
            return file;
        }
        return super.resolveResourceInternal(request, "index.html", locations, chain);
    }

    private static boolean isPage(HttpServletRequest request, String path) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && accept.contains("text/html")
                && !SERVERS_OWN.matcher(path).matches();
    }

    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
        return path.isEmpty() ? null : super.getResource(path, location);
    }
}
