package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.shared.UserId;

/** Somebody's account goes in this transaction; their name is taken out of decisions and logs once it is committed. */
public record PersonErased(UserId user) {}
