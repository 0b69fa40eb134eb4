package dev.cadre.platform.secret.internal;

/** An organization's key is gone, with all that was encrypted under it. */
public final class KeyDestroyed extends RuntimeException {

    KeyDestroyed() {
        super("The key of this organization was destroyed");
    }
}
