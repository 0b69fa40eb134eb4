package dev.cadre.platform.identity.internal;

import org.jspecify.annotations.Nullable;

/**
 * Where a sign-in comes from.
 *
 * @param device what the browser was given when it signed in before
 */
public record Client(
        String address,
        @Nullable String userAgent,
        @Nullable String device) {

    private static final int MAX_AGENT = 300;

    public Client {
        if (userAgent != null) {
            var plain = userAgent.replaceAll("\\p{Cntrl}", " ");
            userAgent = plain.length() > MAX_AGENT ? plain.substring(0, MAX_AGENT) : plain;
        }
    }

    /** What is counted as one origin: an IPv6 customer has a whole network of addresses. */
    String origin() {
        if (!address.contains(":")) {
            return address;
        }
        var groups = address.split("%", 2)[0].split(":");
        return String.join(":", java.util.Arrays.asList(groups).subList(0, Math.min(4, groups.length)));
    }
}
