package dev.cadre.platform.live.internal;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.shared.OrganizationId;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, and what is asked again from time to time whether they still may be.
 *
 * @param shown the access token or key
 * @param from where the handshake came from
 */
record Watcher(Caller caller, String shown, @Nullable InetAddress from) {

    OrganizationId organization() {
        return caller.organization();
    }
}
