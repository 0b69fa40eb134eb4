package dev.cadre.platform.plugin.internal;

/**
 * A jar in the database, without its bytes.
 *
 * @param deleted an administrator has deleted it: its row stays, its bytes are gone
 * @param sealed whether this installation has put it there
 */
public record StoredJar(String id, String version, String sha256, boolean deleted, boolean sealed) {}
