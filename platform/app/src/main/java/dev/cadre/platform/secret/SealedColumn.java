package dev.cadre.platform.secret;

import org.jspecify.annotations.Nullable;

/**
 * A column that holds what {@link Secrets} has encrypted. Each room declares its own as beans, so that a new key of an
 * organization reaches them; a test looks for columns that nobody has declared.
 *
 * @param organization column of the organization whose key it is; null for the installation's
 * @param purpose SQL expression over the row's columns that gives what {@link Secrets#encrypt} was told
 * @param free SQL condition under which nobody works with the value just now
 */
public record SealedColumn(
        String table, String column, @Nullable String organization, String purpose, String free) {

    public static SealedColumn ofOrganization(String table, String column, String purpose) {
        return new SealedColumn(table, column, "organization_id", purpose, "true");
    }

    public static SealedColumn ofInstallation(String table, String column, String purpose) {
        return new SealedColumn(table, column, null, purpose, "true");
    }

    public SealedColumn whileFree(String condition) {
        return new SealedColumn(table, column, organization, purpose, condition);
    }
}
