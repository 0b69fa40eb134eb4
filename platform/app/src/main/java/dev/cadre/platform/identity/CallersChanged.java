package dev.cadre.platform.identity;

/** Somebody may do more or less than before, or nothing any more, here or at another node: who keeps callers asks again. */
public record CallersChanged() {}
