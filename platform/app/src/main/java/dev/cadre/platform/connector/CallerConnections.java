package dev.cadre.platform.connector;

import dev.cadre.platform.connector.internal.CallerKeyring;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.spi.trigger.Authentication;
import dev.cadre.spi.trigger.CallerKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** Whether a connection's keys are of the kind; a connection without readable keys says nothing against it. */
    public boolean fit(
            OrganizationId organization, @Nullable ProjectId project, String nameOrId, Authentication authentication) {
        var keys = keyring.keys(organization, project, nameOrId);
        return keys.isEmpty() || keys.stream().anyMatch(key -> fits(key, authentication));
    }

    private static boolean fits(CallerKey key, Authentication authentication) {
        return switch (authentication) {
            case Authentication.None _ -> true;
            case Authentication.Signature _ -> key instanceof CallerKey.Hmac;
            case Authentication.ApiKey _ -> key instanceof CallerKey.ApiKey;
            case Authentication.Basic _ -> key instanceof CallerKey.Login;
            case Authentication.Jwt _ -> key instanceof CallerKey.Token;
        };
    }

    /** The keys of a connection; none where the workflow may use no such connection, or it holds no such keys. */
    public List<CallerKey> keys(OrganizationId organization, WorkflowId workflow, String nameOrId) {
        return keyring.keys(organization, workflow, nameOrId);
    }
}
