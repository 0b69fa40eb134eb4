package dev.cadre.platform.identity.internal.sso;

/** Who is in the group at the identity provider has the role here. */
public record GroupRole(String group, String role) {}
