package dev.cadre.platform.connector.internal;

import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.connector.OAuthSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Makes stored connections usable, just for the time of a step. */
@Component
public class OpenConnections {

    /** Thousands of steps may start at once; few of them may ask the database at once. */
    private final Semaphore database = new Semaphore(4);

    private final ConnectionStore store;
    private final Vault vault;
    private final FreshTokens tokens;
    private final ConnectionUses uses;

    OpenConnections(ConnectionStore store, Vault vault, FreshTokens tokens, ConnectionUses uses) {
        this.uses = uses;
        this.store = store;
        this.vault = vault;
        this.tokens = tokens;
    }

    /**
     * For a step of the run. Fails in the step's terms: {@code CONNECTION_NOT_FOUND} also for another organization's, or another
     * project's.
     *
     * @param run its id, for the log of who used what
     */
    OpenConnection open(
            OrganizationId organization, InstalledConnector connector, ChosenConnection chosen, String run) {
        var row = find(organization, chosen)
                .orElseThrow(() -> new Rejected(
                        "CONNECTION_NOT_FOUND",
                        "There is no connection " + chosen.nameOrId()
                                + " that this workflow may use. Choose another in the step's form, or move it to the workflow's"
                                + " project."));
        if (!row.type().equals(connector.definition().id())) {
            throw new Rejected(
                    "CONNECTION_NOT_FOUND",
                    "The connection " + row.name() + " is of type " + row.type() + ", the step needs one of type "
                            + connector.definition().id() + ".");
        }
        var opened = open(connector, row);
        uses.count(row, run);
        return opened;
    }

    OpenConnection open(InstalledConnector connector, ConnectionRow row) {
        var settings = settings(connector, row);
        var oauth = connector.definition().oauth();
        if (oauth == null) {
            return OpenConnection.of(settings, null);
        }
        var declared = (OAuthSettings) settings;
        return OpenConnection.of(settings, tokens.of(row, declared.oauth(oauth), declared));
    }

    /** The connection record with its secrets. */
    Record settings(InstalledConnector connector, ConnectionRow row) {
        var reading = connector.connection().tryRead(values(row));
        var value = reading.value();
        if (value == null) {
            throw new Rejected(
                    "CONNECTION_INVALID",
                    "The connection " + row.name() + " does not fit its connector any more. Edit it.");
        }
        return value;
    }

    Map<String, Object> values(ConnectionRow row) {
        var values = new HashMap<String, Object>(row.settings());
        values.putAll(secrets(row));
        return values;
    }

    Map<String, String> secrets(ConnectionRow row) {
        return vault.open(row.organization(), row.id(), "secrets", row.secrets());
    }

    byte[] seal(ConnectionRow row, Map<String, String> secrets) {
        return vault.seal(row.organization(), row.id(), "secrets", secrets);
    }

    private Optional<ConnectionRow> find(OrganizationId organization, ChosenConnection chosen) {
        database.acquireUninterruptibly();
        try {
            return store.find(organization, chosen.workflow(), chosen.nameOrId());
        } finally {
            database.release();
        }
    }
}
