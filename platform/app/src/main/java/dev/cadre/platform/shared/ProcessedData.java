package dev.cadre.platform.shared;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a room does with people's data for an organization, as it is set up now: its lines of the record of processing (Article
 * 30 GDPR). Called with all of the organization in sight.
 */
public interface ProcessedData {

    /**
     * Data of people that the hub keeps.
     *
     * @param people whose
     * @param kept how long
     */
    record Category(String data, String people, String purpose, String kept, String place) {}

    /**
     * Somebody outside of the hub who gets some of it.
     *
     * @param kind {@code connection}, {@code model-provider}, {@code mail-server}, {@code identity-provider}, {@code workflow}
     * @param host null where it is not known from the settings
     */
    record Recipient(String kind, String name, @Nullable String host, String receives) {}

    default List<Category> categories(OrganizationId organization) {
        return List.of();
    }

    default List<Recipient> recipients(OrganizationId organization) {
        return List.of();
    }

    /** What protects the data, each a sentence. */
    default List<String> measures(OrganizationId organization) {
        return List.of();
    }

    /** The host of an address; null for a text that is none. */
    static @Nullable String host(String address) {
        try {
            return URI.create(address.strip()).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
