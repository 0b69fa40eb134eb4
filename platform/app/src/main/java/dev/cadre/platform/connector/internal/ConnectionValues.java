package dev.cadre.platform.connector.internal;

import dev.cadre.platform.connector.ConnectionException;
import dev.cadre.schema.RecordBinding;
import dev.cadre.spi.connector.OAuth2;
import dev.cadre.spi.connector.OAuthSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a connection as somebody entered them, checked and parted into what may be shown and what may not.
 *
 * @param settings with defaults filled in
 */
record ConnectionValues(Record record, Map<String, Object> settings, Map<String, String> secrets) {

    /** {@code stored} are secrets that stay unless others are given; an empty text removes one. */
    static ConnectionValues read(
            InstalledConnector connector, Map<String, Object> entered, Map<String, String> stored) {
        return read(connector.connection(), entered, stored);
    }

    private static <T extends Record> ConnectionValues read(
            RecordBinding<T> binding, Map<String, Object> entered, Map<String, String> stored) {
        var values = new HashMap<>(entered);
        for (var secret : binding.secrets()) {
            var given = values.get(secret);
            if (given == null && stored.containsKey(secret)) {
                values.put(secret, stored.get(secret));
            } else if ("".equals(given)) {
                values.remove(secret);
            }
        }
        var reading = binding.tryRead(values);
        var record = reading.value();
        if (record == null) {
            throw ConnectionException.invalid(reading.violations());
        }
        var settings = new LinkedHashMap<>(binding.write(record));
        settings.values().removeIf(Objects::isNull);
        var secrets = new HashMap<String, String>();
        for (var secret : binding.secrets()) {
            settings.remove(secret);
            if (values.get(secret) instanceof String text) {
                secrets.put(secret, text);
            }
        }
        return new ConnectionValues(record, settings, secrets);
    }

    /** The stored secrets that would now go where the connection was not made for, were they kept. */
    List<String> astray(
            Record before, Map<String, Object> entered, Map<String, String> stored, @Nullable OAuth2 oauth) {
        if (OpenConnection.origins(before).containsAll(OpenConnection.origins(record))
                && Objects.equals(endpoints(before, oauth), endpoints(record, oauth))) {
            return List.of();
        }
        var kept = new ArrayList<>(stored.keySet());
        kept.removeIf(secret -> entered.get(secret) != null);
        return kept;
    }

    /** Whether tokens that were granted before still are for this client and these addresses. */
    boolean keepsTokens(Record before, Map<String, String> stored, @Nullable OAuth2 oauth) {
        return record instanceof OAuthSettings now
                && before instanceof OAuthSettings then
                && now.clientId().equals(then.clientId())
                && secrets.equals(stored)
                && Objects.equals(endpoints(before, oauth), endpoints(record, oauth))
                && OpenConnection.origins(before).containsAll(OpenConnection.origins(record));
    }

    private static @Nullable OAuth2 endpoints(Record settings, @Nullable OAuth2 declared) {
        return declared != null && settings instanceof OAuthSettings client ? client.oauth(declared) : null;
    }

    @Override
    public String toString() {
        return "ConnectionValues[" + settings + "]";
    }
}
