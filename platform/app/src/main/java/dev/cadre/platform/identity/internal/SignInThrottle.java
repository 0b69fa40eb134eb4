package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.IdentityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down: after some failed sign-ins an account can't be tried from the same address for a while, longer
 * each time. An address, and an account from many addresses, have larger allowances of their own.
 */
@Component
class SignInThrottle {

    private static final Duration FORGET = Duration.ofMinutes(15);
    private static final Duration MAX_WAIT = Duration.ofMinutes(15);
    private static final int FOR_PAIR = 5;
    private static final int FOR_ACCOUNT = 50;
    private static final int FOR_ADDRESS = 200;
    private static final int MAX_ENTRIES = 50_000;

    private record Failures(int count, Instant last) {}

    private final Clock clock;
    private final ConcurrentHashMap<String, Failures> failures = new ConcurrentHashMap<>();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /** Throws while this account must not be tried from this address. */
    void check(String email, String address) {
        check(pair(email, address), FOR_PAIR);
        check(account(email), FOR_ACCOUNT);
        check(address(address), FOR_ADDRESS);
    }

    void failed(String email, String address) {
        if (failures.size() >= MAX_ENTRIES) {
            var old = clock.instant().minus(FORGET);
            failures.values().removeIf(entry -> entry.last().isBefore(old));
        }
        count(pair(email, address));
        count(account(email));
        count(address(address));
    }

    void succeeded(String email, String address) {
        failures.remove(pair(email, address));
    }

    private void check(String key, int allowed) {
        var known = failures.get(key);
        if (known == null || known.count() < allowed) {
            return;
        }
        // 30 s after the first round of failures, doubled with each further one
        int doublings = Math.min(10, known.count() - allowed);
        var wait = Duration.ofSeconds(30L << doublings);
        var until = known.last().plus(wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait);
        var left = Duration.between(clock.instant(), until);
        if (left.isPositive()) {
            throw IdentityException.tooManyAttempts(left);
        }
    }

    private void count(String key) {
        var now = clock.instant();
        failures.merge(
                key,
                new Failures(1, now),
                (known, first) ->
                        known.last().plus(FORGET).isBefore(now) ? first : new Failures(known.count() + 1, now));
    }

    private static String pair(String email, String address) {
        return "pair " + email + " " + address;
    }

    private static String account(String email) {
        return "account " + email;
    }

    private static String address(String address) {
        return "address " + address;
    }
}
