package dev.cadre.platform.identity.internal.sso;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who came, as the provider says.
 *
 * @param subject what the provider will never call anybody else
 * @param email as {@link dev.cadre.platform.identity.Email} writes it; null where the provider does not say
 * @param emailVerified null where the provider does not say
 * @param groups empty also where the provider says none
 */
record Person(
        String subject, @Nullable String email, @Nullable Boolean emailVerified, String name, List<String> groups) {}
