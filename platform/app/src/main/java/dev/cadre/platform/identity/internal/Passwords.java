package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.IdentityException;
import java.text.Normalizer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id. Hashing is made to be dear, so only as many run at once as there are cores: a flood of
 * sign-ins waits instead of stopping the hub's other work.
 */
@Component
class Passwords {

    /** Made with the same parameters as everybody's, so that it takes as long to be wrong about. */
    private static final String NOBODYS =
            "$argon2id$v=19$m=19456,t=2,p=1$XLux/tx/P35ypELz3Q6eBQ$UBQwT0F+lR08HXe3Asrae5M6svmFEOwyb2iZIEvzeWE";

    /** OWASP's recommendation: 19 MiB, two passes, one lane. */
    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

    private final Semaphore cores =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

    String hash(String password) {
        return bounded(() -> String.valueOf(argon2.encode(normal(password))));
    }

    /** Without a hash (nobody has this e-mail) it takes as long as with one. */
    boolean matches(String password, @Nullable String hash) {
        boolean matches = bounded(() -> argon2.matches(normal(password), hash == null ? NOBODYS : hash));
        return matches && hash != null;
    }

    /** Keyboards write the same letters differently. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> T bounded(Supplier<T> work) {
        try {
            if (!cores.tryAcquire(10, TimeUnit.SECONDS)) {
                throw IdentityException.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw IdentityException.busy();
        }
        try {
            return work.get();
        } finally {
            cores.release();
        }
    }
}
