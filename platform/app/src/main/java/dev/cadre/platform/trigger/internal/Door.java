package dev.cadre.platform.trigger.internal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * Lets a request in to its servlet past all filters behind: those are about people who are signed in, and walking through
 * them costs a webhook more than its own work.
 */
record Door(Servlet servlet) implements Filter {

    /** Behind what names and measures requests, before what limits bodies and checks who is calling. */
    static final int ORDER = -201;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        servlet.service(request, response);
    }
}
