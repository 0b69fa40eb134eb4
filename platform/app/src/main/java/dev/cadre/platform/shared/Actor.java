package dev.cadre.platform.shared;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does what happens now, and from where. Bound for each request of the API; what no request stands behind is done by the
 * hub itself.
 *
 * @param id of the account, the key or the service account
 * @param name of a key or a service account; a person's is looked up where it is shown, so that it can be forgotten
 * @param address where the request comes from
 * @param userAgent what the client calls itself
 */
public record Actor(
        Kind kind,
        @Nullable UUID id,
        @Nullable String name,
        @Nullable String address,
        @Nullable String userAgent) {

    /** What an actor can be. */
    public enum Kind {
        USER,
        API_KEY,
        SERVICE_ACCOUNT,
        SYSTEM,
        ANONYMOUS
    }

    /** The hub itself: schedules, webhooks, retention, steps of runs. */
    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, null, null, null);

    private static final ScopedValue<Actor> CURRENT = ScopedValue.newInstance();
    private static final int MAX_AGENT = 300;

    public Actor {
        if (userAgent != null) {
            var plain = userAgent.replaceAll("\\p{Cntrl}", " ");
            userAgent = plain.length() > MAX_AGENT ? plain.substring(0, MAX_AGENT) : plain;
        }
    }

    public Actor(Kind kind, @Nullable UUID id, @Nullable String name, @Nullable String address) {
        this(kind, id, name, address, null);
    }

    /** Somebody of whom nothing is known yet but where he comes from. */
    public static Actor anonymous(@Nullable String address, @Nullable String userAgent) {
        return new Actor(Kind.ANONYMOUS, null, null, address, userAgent);
    }

    /** Who acts in the current thread. */
    public static Actor current() {
        return CURRENT.isBound() ? CURRENT.get() : SYSTEM;
    }

    /** Does the work in this actor's name. */
    public <T, X extends Throwable> T act(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** The same origin, of which is now known that this person is there. */
    public Actor as(UserId user) {
        return new Actor(Kind.USER, user.value(), null, address, userAgent);
    }

    /** The same origin, of which is now known what is there. */
    public Actor as(Kind kind, UUID id, @Nullable String name) {
        return new Actor(kind, id, name, address, userAgent);
    }
}
