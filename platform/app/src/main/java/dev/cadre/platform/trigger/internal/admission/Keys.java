package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.platform.identity.ForeignTokens;
import dev.cadre.spi.trigger.CallerKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;

/** The keys of one connection, ready to check by. */
record Keys(List<SecretKey> hmac, List<byte[]> apiKeys, List<Login> logins, List<ForeignTokens> tokens) {

    /** A name and its password, as bytes. */
    record Login(byte[] user, byte[] password) {}

    static Keys of(List<CallerKey> given) {
        var keys = new Keys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var key : given) {
            switch (key) {
                case CallerKey.Hmac one -> keys.hmac.add(one.key());
                case CallerKey.ApiKey one -> keys.apiKeys.add(bytes(one.key().value()));
                case CallerKey.Login one ->
                    keys.logins.add(
                            new Login(bytes(one.user()), bytes(one.password().value())));
                case CallerKey.Token one -> keys.tokens.add(ForeignTokens.of(one.key(), one.issuer(), one.audience()));
            }
        }
        return keys;
    }

    boolean isEmpty() {
        return hmac.isEmpty() && apiKeys.isEmpty() && logins.isEmpty() && tokens.isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "(keys)";
    }
}
