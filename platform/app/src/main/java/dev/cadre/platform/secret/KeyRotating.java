package dev.cadre.platform.secret;

import dev.cadre.platform.shared.CadreException;

/** One new key at a time. */
public class KeyRotating extends CadreException {

    KeyRotating() {
        super(
                Kind.CONFLICT,
                "key-rotating",
                "The key is just being replaced: wait until everything is encrypted under the new one.");
    }
}
