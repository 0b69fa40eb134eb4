package dev.cadre.platform.mail.internal;

import dev.cadre.platform.shared.SettingException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The mail server: {@code CADRE_SMTP_URL}, as {@code smtps://user:password@mail.example.com?from=cadre@example.com}.
 * {@code smtps} speaks TLS from the start, {@code smtp} asks for it (STARTTLS) and needs it where a password is sent.
 */
@ConfigurationProperties("cadre")
public record MailSettings(@Nullable String smtpUrl) {

    private static final String WRONG = "CADRE_SMTP_URL must be the address of a mail server, such as"
            + " smtps://user:password@mail.example.com:465?from=cadre@example.com, with user and password in percent"
            + " encoding.";

    /** Where to send, and as whom. */
    record Server(
            boolean tls,
            String host,
            int port,
            @Nullable String user,
            @Nullable String password,
            String from) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    public MailSettings {
        smtpUrl = smtpUrl == null || smtpUrl.isBlank() ? null : smtpUrl.strip();
        if (smtpUrl != null) {
            parse(smtpUrl);
        }
    }

    Optional<Server> server() {
        return Optional.ofNullable(smtpUrl).map(MailSettings::parse);
    }

    /** The password is not repeated in what is said of a wrong value. */
    private static Server parse(String url) {
        try {
            var uri = URI.create(url);
            var scheme = uri.getScheme();
            boolean tls = "smtps".equals(scheme);
            var login = uri.getRawUserInfo();
            var from = from(uri.getRawQuery(), uri.getHost());
            boolean valid = (tls || "smtp".equals(scheme))
                    && uri.getHost() != null
                    && (uri.getPath().isEmpty() || uri.getPath().equals("/"))
                    && (login == null || login.indexOf(':') > 0)
                    && from.matches("[^\\s<>@]+@[^\\s<>@]+");
            if (valid) {
                int colon = login == null ? 0 : login.indexOf(':');
                return new Server(
                        tls,
                        uri.getHost(),
                        uri.getPort() > 0 ? uri.getPort() : tls ? 465 : 587,
                        login == null ? null : decoded(login.substring(0, colon)),
                        login == null ? null : decoded(login.substring(colon + 1)),
                        from);
            }
        } catch (IllegalArgumentException e) {
            // said below, without what was given
        }
        throw new SettingException(WRONG);
    }

    private static String from(@Nullable String query, @Nullable String host) {
        if (query == null) {
            return "cadre@" + host;
        }
        if (!query.startsWith("from=")) {
            throw new IllegalArgumentException("Only from is known");
        }
        return decoded(query.substring(5));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "MailSettings[" + server().map(Server::toString).orElse("none") + "]";
    }
}
