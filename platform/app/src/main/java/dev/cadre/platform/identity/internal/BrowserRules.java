package dev.cadre.platform.identity.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.HstsConfig;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * What browsers are told with every answer: load and send nothing but from and to this origin, and let no other site's page
 * frame, open or read what is here.
 */
final class BrowserRules {

    /** The designer sets style attributes, draws from data URLs and computes layouts in workers; no script is inline. */
    private static final String PAGES = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
            + "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** What the API answers is no page, whatever somebody has made a browser believe. */
    private static final String DATA =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

    /** None of this is needed by any page. */
    private static final String DEVICES = List.of(
                    "accelerometer",
                    "bluetooth",
                    "camera",
                    "display-capture",
                    "geolocation",
                    "gyroscope",
                    "hid",
                    "idle-detection",
                    "magnetometer",
                    "microphone",
                    "midi",
                    "payment",
                    "serial",
                    "usb",
                    "xr-spatial-tracking")
            .stream()
            .map(device -> device + "=()")
            .collect(Collectors.joining(", "));

    private BrowserRules() {}

    static void write(HeadersConfigurer<HttpSecurity> headers) {
        var paths = PathPatternRequestMatcher.withDefaults();
        var data = new OrRequestMatcher(
                paths.matcher("/api/**"), paths.matcher("/auth/**"), paths.matcher("/actuator/**"));
        headers.addHeaderWriter(
                        new DelegatingRequestMatcherHeaderWriter(data, new ContentSecurityPolicyHeaderWriter(DATA)))
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        new NegatedRequestMatcher(data), new ContentSecurityPolicyHeaderWriter(PAGES)))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .frameOptions(frames -> frames.deny())
                .httpStrictTransportSecurity(HstsConfig::disable) // said to webhooks too, see RequestFilter
                .permissionsPolicyHeader(policy -> policy.policy(DEVICES))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
    }
}
