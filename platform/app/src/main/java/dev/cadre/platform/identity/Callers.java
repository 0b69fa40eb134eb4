package dev.cadre.platform.identity;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Knows callers by what they send as {@code Authorization: Bearer}. */
@Component
public final class Callers {

    private final AccessTokens tokens;

    Callers(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Who shows this; empty where it is forged or over.
     *
     * @param from where the request comes from, null where that is not known
     */
    public Optional<Caller> find(String bearer, @Nullable InetAddress from) {
        return tokens.verify(bearer);
    }
}
