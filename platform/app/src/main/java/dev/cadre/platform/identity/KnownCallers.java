package dev.cadre.platform.identity;

import dev.cadre.platform.identity.internal.key.LiveKeys;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells callers by what they send as {@code Authorization: Bearer}. */
@Component
public final class KnownCallers {

    private final AccessTokens tokens;
    private final LiveKeys keys;

    KnownCallers(AccessTokens tokens, LiveKeys keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    /**
     * Who shows this; empty where it is forged or over.
     *
     * @param from where the request comes from, null where that is not known
     * @throws KeyNotFromThere where a key is good but may not come from there
     */
    public Optional<Caller> find(String bearer, @Nullable InetAddress from) {
        return LiveKeys.isKey(bearer) ? keys.find(bearer, from) : tokens.verify(bearer);
    }

    /** Whether what {@link #find} does not know was never ours: a key that is gone counts so, a token that is over does not. */
    public boolean isForged(String bearer) {
        return LiveKeys.isKey(bearer) || !tokens.isOurs(bearer);
    }
}
