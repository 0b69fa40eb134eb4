package dev.cadre.platform.organization;

import java.util.Locale;

/** What a member is in an organization, from the most to the least powerful; a custom role says itself what it gives. */
public enum Role {
    OWNER,
    ADMIN,
    MEMBER,
    VIEWER,
    /** Behind all others: being custom gives nothing by itself. */
    CUSTOM;

    /** As clients and the database see it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
