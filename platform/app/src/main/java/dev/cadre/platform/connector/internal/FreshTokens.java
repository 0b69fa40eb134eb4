package dev.cadre.platform.connector.internal;

import dev.cadre.spi.Secret;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.connector.OAuth2;
import dev.cadre.spi.connector.OAuthSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Gives out access tokens and renews them shortly before they expire. However many steps on however many nodes need a
 * new one, it is asked for once: a server that rotates refresh tokens takes a second use for theft.
 */
@Component
class FreshTokens {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ReentrantLock[] locks = new ReentrantLock[64];
    private final ConnectionStore store;
    private final Vault vault;
    private final TokenEndpoint endpoint;
    private final Clock clock;

    FreshTokens(ConnectionStore store, Vault vault, TokenEndpoint endpoint, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.endpoint = endpoint;
        this.clock = clock;
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    Secret of(ConnectionRow row, OAuth2 oauth, OAuthSettings client) {
        var tokens = tokens(row);
        return new Secret(tokens.freshAt(clock.instant()) ? tokens.access() : renewed(row, oauth, client));
    }

    byte[] seal(ConnectionRow row, Tokens tokens) {
        return vault.seal(row.organization(), row.id(), "tokens", tokens.toMap());
    }

    /** One thread of this node at a time; among nodes the lease in the database decides. */
    private String renewed(ConnectionRow old, OAuth2 oauth, OAuthSettings client) {
        var lock = locks[Math.floorMod(old.id().hashCode(), locks.length)];
        lock.lock();
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - deadline < 0) {
                var row = store.find(old.organization(), old.id()).orElseThrow(FreshTokens::notAuthorized);
                var tokens = tokens(row);
                if (tokens.freshAt(clock.instant())) {
                    return tokens.access();
                }
                if (store.beginRefresh(row, LEASE)) {
                    return refresh(row, tokens, oauth, client).access();
                }
                Thread.sleep(100);
            }
            throw new Retryable("AUTHORIZATION_UNAVAILABLE", "The connection's access could not be renewed in time.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Retryable("INTERRUPTED", "The step was interrupted.");
        } finally {
            lock.unlock();
        }
    }

    private Tokens refresh(ConnectionRow row, Tokens old, OAuth2 oauth, OAuthSettings client) {
        var refresh = old.refresh();
        if (refresh == null) {
            store.replaceTokens(row, null);
            throw notAuthorized();
        }
        try {
            var renewed = endpoint.refresh(oauth, client, refresh);
            store.replaceTokens(row, seal(row, renewed));
            return renewed;
        } catch (Rejected e) {
            if (e.code().equals("CONNECTION_NOT_AUTHORIZED")) {
                store.replaceTokens(row, null);
            } else {
                store.endRefresh(row);
            }
            throw e;
        } catch (RuntimeException e) {
            store.endRefresh(row);
            throw e;
        }
    }

    private Tokens tokens(ConnectionRow row) {
        var sealed = row.tokens();
        if (sealed == null) {
            throw notAuthorized();
        }
        return Tokens.of(vault.open(row.organization(), row.id(), "tokens", sealed));
    }

    private static Rejected notAuthorized() {
        return new Rejected(
                "CONNECTION_NOT_AUTHORIZED",
                "The connection is not authorized. Authorize it in the connection's form.");
    }
}
