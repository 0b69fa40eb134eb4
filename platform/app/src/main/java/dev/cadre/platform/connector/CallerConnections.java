package dev.cadre.platform.connector;

import dev.cadre.platform.connector.internal.CallerKeyring;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.spi.trigger.CallerKey;
import java.util.List;
import org.springframework.stereotype.Service;

/** The connections that the callers of triggers are checked by. Their secrets are for comparing, not for telling. */
@Service
public class CallerConnections {

    private final CallerKeyring keyring;

    CallerConnections(CallerKeyring keyring) {
        this.keyring = keyring;
    }

    /** A number that grows with every change of any connection. */
    public long generation() {
        return keyring.generation();
    }

    /** The keys of a connection; none where the organization has no such connection, or it holds no such keys. */
    public List<CallerKey> keys(OrganizationId organization, String nameOrId) {
        return keyring.keys(organization, nameOrId);
    }
}
