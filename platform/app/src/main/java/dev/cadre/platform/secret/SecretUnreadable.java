package dev.cadre.platform.secret;

import dev.cadre.platform.shared.CadreException;
import java.util.List;

/**
 * What was stored encrypted can't be read: it was changed, it belongs to another key, organization or purpose, or the
 * organization's key was destroyed.
 */
public class SecretUnreadable extends CadreException {

    private SecretUnreadable(String detail, Throwable cause) {
        super(Kind.CONFLICT, "secret-unreadable", detail, List.of(), cause);
    }

    static SecretUnreadable changed(Throwable cause) {
        return new SecretUnreadable("A stored secret can't be decrypted. Enter it again.", cause);
    }

    static SecretUnreadable destroyed(Throwable cause) {
        return new SecretUnreadable(
                "The organization was deleted and its key destroyed: its secrets can't be read or written any more.",
                cause);
    }
}
