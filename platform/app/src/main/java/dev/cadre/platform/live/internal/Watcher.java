package dev.cadre.platform.live.internal;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.shared.OrganizationId;
import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, and what is asked again from time to time whether they still may be.
 *
 * @param shown the access token or key
 * @param from where the handshake came from
 */
record Watcher(Caller caller, String shown, @Nullable InetAddress from) {

    /** Whether it is the same person or API key. */
    boolean isOf(Caller other) {
        return caller.user().equals(other.user()) && key(caller).equals(key(other));
    }

    private static Optional<UUID> key(Caller caller) {
        return caller.credential() instanceof Caller.ApiKey key ? Optional.of(key.id()) : Optional.empty();
    }

    OrganizationId organization() {
        return caller.organization();
    }
}
