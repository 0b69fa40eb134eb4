package dev.cadre.platform.shared;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something was done that an auditor asks about. Published within the transaction that does it, and written with it or not at
 * all. Nothing secret belongs into it.
 *
 * @param organization whose log it belongs to; null for what concerns a person (the logs of all that person's organizations) or
 *     the installation
 * @param actor who did it; null for {@link Actor#current()}
 * @param action {@code member.role-changed}: what, and what happened to it
 * @param before what was changed, as it was
 * @param after and as it is now; what is the same in both is left out
 */
public record Audited(
        @Nullable OrganizationId organization,
        @Nullable Actor actor,
        String action,
        Subject subject,
        Map<String, ?> before,
        Map<String, ?> after) {

    /**
     * What it was done to.
     *
     * @param type {@code user}, {@code workflow}, {@code connection}
     * @param name as people know it; null for a person, whose name is looked up where it is shown
     */
    public record Subject(String type, String id, @Nullable String name) {

        public static Subject user(UserId user) {
            return new Subject("user", user.toString(), null);
        }

        public static Subject of(String type, Object id, @Nullable String name) {
            return new Subject(type, id.toString(), name);
        }
    }

    public Audited {
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
        after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
    }

    public static Audited of(@Nullable OrganizationId organization, String action, Subject subject) {
        return new Audited(organization, null, action, subject, Map.of(), Map.of());
    }

    /** With what is worth knowing of it. */
    public static Audited of(
            @Nullable OrganizationId organization, String action, Subject subject, Map<String, ?> after) {
        return new Audited(organization, null, action, subject, Map.of(), after);
    }

    public static Audited changed(
            @Nullable OrganizationId organization,
            String action,
            Subject subject,
            Map<String, ?> before,
            Map<String, ?> after) {
        return new Audited(organization, null, action, subject, before, after);
    }

    /** The same, done by somebody whom the request did not name yet. */
    public Audited by(Actor who) {
        return new Audited(organization, who, action, subject, before, after);
    }
}
