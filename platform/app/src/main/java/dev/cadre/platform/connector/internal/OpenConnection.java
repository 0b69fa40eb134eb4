package dev.cadre.platform.connector.internal;

import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.connector.ConnectionSettings;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A connection while a step uses it: with its secrets readable.
 *
 * @param origins where its secrets may go; null for a connector without connections, which has none to lose
 */
record OpenConnection(
        @Nullable Record settings,
        @Nullable Secret accessToken,
        @Nullable Set<String> origins) {

    static final OpenConnection NONE = new OpenConnection(null, null, null);

    static OpenConnection of(Record settings, @Nullable Secret accessToken) {
        return new OpenConnection(settings, accessToken, origins(settings));
    }

    static Set<String> origins(Record settings) {
        List<URI> declared = settings instanceof ConnectionSettings bound ? bound.origins() : List.of();
        return declared.stream()
                .map(uri -> origin(uri.getScheme(), uri.getHost(), uri.getPort()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What must not be read in what the service says. */
    HiddenSecrets hidden() {
        var secrets = new ArrayList<String>();
        if (accessToken != null) {
            secrets.add(accessToken.value());
        }
        if (settings != null) {
            for (var component : settings.getClass().getRecordComponents()) {
                if (component.getType() == Secret.class) {
                    secret(settings, component).map(Secret::value).ifPresent(secrets::add);
                }
            }
        }
        return secrets.isEmpty() ? HiddenSecrets.NONE : HiddenSecrets.of(secrets);
    }

    private static Optional<Secret> secret(Record settings, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return Optional.ofNullable((Secret) accessor.invoke(settings));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A connection's secret can't be read", e);
        }
    }

    /** Refuses to send anything to an origin that the connection was not made for. */
    void check(@Nullable String scheme, @Nullable String host, int port) {
        if (origins != null && !origins.contains(origin(scheme, host, port))) {
            throw new Rejected(
                    "EGRESS_DENIED", "The connection is not made for " + host + ": its secrets are not sent there.");
        }
    }

    private static String origin(@Nullable String scheme, @Nullable String host, int port) {
        var name = scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
        int number = port >= 0 ? port : name.equals("https") ? 443 : 80;
        return name + "://" + (host == null ? "" : host.toLowerCase(Locale.ROOT)) + ":" + number;
    }
}
