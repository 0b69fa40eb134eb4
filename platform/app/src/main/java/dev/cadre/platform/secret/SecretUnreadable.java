package dev.cadre.platform.secret;

import dev.cadre.platform.shared.CadreException;
import java.util.List;

/** What was stored encrypted can't be read: it was changed, or it belongs to another key, organization or purpose. */
public class SecretUnreadable extends CadreException {

    SecretUnreadable(Throwable cause) {
        super(
                Kind.CONFLICT,
                "secret-unreadable",
                "A stored secret can't be decrypted. Enter it again.",
                List.of(),
                cause);
    }
}
