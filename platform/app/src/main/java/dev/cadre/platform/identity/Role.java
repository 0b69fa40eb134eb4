package dev.cadre.platform.identity;

/** What a member is in an organization, from the most to the least powerful. */
public enum Role {
    OWNER,
    ADMIN,
    MEMBER,
    VIEWER
}
