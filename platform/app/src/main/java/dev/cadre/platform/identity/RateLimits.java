package dev.cadre.platform.identity;

import dev.cadre.platform.cluster.SharedLimits;
import dev.cadre.platform.cluster.SharedLimits.Taken;
import dev.cadre.platform.identity.internal.limit.LimitSettings;
import dev.cadre.platform.identity.internal.limit.OrganizationLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts requests, and refuses what is too much: of each user and API key, of an organization where it says so, and of an
 * address where nobody has signed in. What is left is said in the answer's {@code RateLimit-*}.
 */
@Component
public class RateLimits {

    /** A page that is opened renews its sign-in: an office behind one address does that more often than it signs in. */
    private static final Pattern SIGN_IN =
            Pattern.compile("/auth/(register|login|refresh|logout|verify-email|password/(forgot|reset)"
                    + "|invitations/(look|join)|sso/start)|/oauth/callback");

    /** One address of a provider sends back and signs out the people of all organizations that it serves. */
    private static final Pattern PROVIDER = Pattern.compile("/auth/sso/(callback|logout)/[^/]+");

    private static final Set<String> RENEWING =
            Set.of("/auth/refresh", "/auth/logout", "/auth/sso/callback", "/auth/sso/logout");

    private static final int RENEWALS = 5;

    private static final int NETWORK_BYTES = 8;

    private final SharedLimits limits;
    private final OrganizationLimits organizations;
    private final LimitSettings settings;

    RateLimits(SharedLimits limits, OrganizationLimits organizations, LimitSettings settings) {
        this.limits = limits;
        this.organizations = organizations;
        this.settings = settings;
    }

    /** A request of somebody who is known. */
    public void count(Caller caller, HttpServletResponse response) {
        var allowed = organizations.of(caller.organization());
        var who = switch (caller.credential()) {
            // each organization has limits of its own
            case Caller.SignedIn _ -> "user/" + caller.user() + "/" + caller.organization();
            case Caller.ApiKey key -> "key/" + key.id();
        };
        var each = limits.take(who, allowed.eachCaller());
        var all = allowed.allCallers();
        var tightest = each;
        if (each.granted() && all != null) {
            var together = limits.take("organization/" + caller.organization(), all);
            tightest = !together.granted() || together.left() < each.left() ? together : each;
        }
        require(tightest, response);
    }

    /** A request of nobody known: one that will be refused. */
    public void countStranger(@Nullable InetAddress from, HttpServletResponse response) {
        require(limits.take("address/" + origin(from), settings.perMinute()), response);
    }

    /** A request that signs in, up or on. */
    public void countSignIn(HttpServletRequest request, @Nullable InetAddress from, HttpServletResponse response) {
        // as controllers see it, however it is written; names that nobody has share a number
        var path = counted(request.getServletPath());
        boolean renewal = RENEWING.contains(path);
        int allowed = renewal ? settings.signInPerMinute() * RENEWALS : settings.signInPerMinute();
        require(limits.take("sign-in" + path + "/" + origin(from), allowed), response);
    }

    private static String counted(String path) {
        var ofProvider = PROVIDER.matcher(path);
        if (ofProvider.matches()) {
            return "/auth/sso/" + ofProvider.group(1);
        }
        return SIGN_IN.matcher(path).matches() ? path : "/auth/other";
    }

    /** A request that something of an organization allows so often only; {@code what} names it apart from everything else. */
    public void count(String what, int perMinute, HttpServletResponse response) {
        require(limits.take(what, perMinute), response);
    }

    /** Says what is left; refuses where nothing was. */
    private static void require(Taken taken, HttpServletResponse response) {
        say(taken, response);
        if (!taken.granted()) {
            throw RateLimitException.of(taken);
        }
    }

    /** The header fields of the IETF's draft, in the form that most clients read. */
    private static void say(Taken taken, HttpServletResponse response) {
        response.setHeader("RateLimit-Limit", Long.toString(taken.limit()));
        response.setHeader("RateLimit-Remaining", Long.toString(taken.left()));
        response.setHeader(
                "RateLimit-Reset", Long.toString(taken.reset().plusMillis(999).toSeconds()));
        response.setHeader("RateLimit-Policy", taken.limit() + ";w=60");
    }

    /** What is counted as one origin: an IPv6 customer has a whole network of addresses. */
    private static String origin(@Nullable InetAddress from) {
        return switch (from) {
            case null -> "unknown";
            case Inet6Address v6 -> HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES));
            case InetAddress v4 -> v4.getHostAddress();
        };
    }
}
