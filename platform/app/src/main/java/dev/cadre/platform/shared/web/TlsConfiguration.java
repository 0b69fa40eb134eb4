package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.Clockwork;
import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import java.util.Date;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets the hub speak TLS itself with the certificate that the operator gives, and take the next one without a restart:
 * certificates last for weeks, hubs for months.
 */
@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

    private static final Logger log = LoggerFactory.getLogger(TlsConfiguration.class);
    private static final String BUNDLE = "cadre";

    @Bean
    SslBundleRegistrar tlsCertificate(TlsSettings settings) {
        return registry -> {
            var certificate = settings.read();
            if (certificate != null) {
                warnOfEnd(certificate);
                registry.registerBundle(BUNDLE, certificate.bundle());
            }
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> speaksTls(TlsSettings settings) {
        return tomcat -> {
            if (settings.isSet()) {
                tomcat.setSsl(Ssl.forBundle(BUNDLE));
            }
        };
    }

    @Bean
    TlsRenewal tlsRenewal(TlsSettings settings, WebSettings web, SslBundleRegistry registry) {
        return new TlsRenewal(settings, web.tlsLook(), registry);
    }

    private static void warnOfEnd(TlsCertificate certificate) {
        var end = certificate.chain().getFirst().getNotAfter();
        if (end.before(new Date())) {
            log.warn("The certificate in CADRE_TLS_CERT has ended on {}: browsers will refuse it.", end.toInstant());
        }
    }

    /** Looks into the files again and again: a new pair counts from the next connection on, half a pair never does. */
    static final class TlsRenewal implements SmartLifecycle {

        private final TlsSettings settings;
        private final Duration pause;
        private final SslBundleRegistry registry;
        private final Clockwork clock = new Clockwork("tls-renewal");
        private String used = "";
        private String refused = "";

        TlsRenewal(TlsSettings settings, Duration pause, SslBundleRegistry registry) {
            this.settings = settings;
            this.pause = pause;
            this.registry = registry;
        }

        @Override
        public void start() {
            var certificate = settings.read();
            if (certificate != null) {
                used = certificate.fingerprint();
                clock.start(pause, this::look);
            }
        }

        private void look() {
            try {
                var certificate = settings.read();
                if (certificate != null && !certificate.fingerprint().equals(used)) {
                    registry.updateBundle(BUNDLE, certificate.bundle());
                    used = certificate.fingerprint();
                    refused = "";
                    log.info(
                            "A new certificate is in use, of {}.",
                            certificate.chain().getFirst().getSubjectX500Principal());
                    warnOfEnd(certificate);
                }
            } catch (SettingException e) {
                // one of the two files may have been written a moment before the other
                if (!refused.equals(e.getMessage())) {
                    refused = String.valueOf(e.getMessage());
                    log.warn("The certificate stays as it is. {}", e.getMessage());
                }
            } catch (RuntimeException e) {
                log.error("The new certificate can't be used: the old one stays.", e);
            }
        }

        @Override
        public void stop() {
            clock.stop(Duration.ofSeconds(1));
        }

        @Override
        public boolean isRunning() {
            return clock.isRunning();
        }
    }
}
