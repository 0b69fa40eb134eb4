package dev.cadre.platform.identity;

import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.OrganizationId;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The API key is good, but not from that address. */
public final class KeyNotFromThere extends CadreException {

    private final OrganizationId organization;

    public KeyNotFromThere(OrganizationId organization, @Nullable InetAddress from) {
        super(
                Kind.FORBIDDEN,
                "address-not-allowed",
                "This API key may not be used from " + (from == null ? "an unknown address" : from.getHostAddress())
                        + ": use it from an address that it allows, or allow this one in its settings.");
        this.organization = organization;
    }

    @Override
    public OrganizationId door() {
        return organization;
    }
}
