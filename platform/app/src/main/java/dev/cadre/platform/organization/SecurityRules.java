package dev.cadre.platform.organization;

import dev.cadre.spi.http.AddressRange;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an organization asks of those who work in it.
 *
 * @param allowedAddresses where its API may be called from; from everywhere where it is empty
 * @param sessionHours how long a sign-in is good for; null for as long as the installation says
 * @param idleMinutes how long a sign-in may rest; null for as long as it is good
 * @param secondFactorRequired whether its members need a second factor
 */
public record SecurityRules(
        List<AddressRange> allowedAddresses,
        @Nullable Integer sessionHours,
        @Nullable Integer idleMinutes,
        boolean secondFactorRequired,
        long revision) {

    /** Of an organization that has said nothing. */
    public static final SecurityRules NONE = new SecurityRules(List.of(), null, null, false, 0);

    public boolean admits(@Nullable InetAddress address) {
        return allowedAddresses.isEmpty()
                || address != null && allowedAddresses.stream().anyMatch(range -> range.contains(address));
    }

    public boolean isTooOld(Instant signedIn, Instant now) {
        return sessionHours != null
                && signedIn.plus(Duration.ofHours(sessionHours)).isBefore(now);
    }

    /** {@code patience} is how long somebody may work without being heard of. */
    public boolean hasRestedTooLong(Instant used, Instant now, Duration patience) {
        return idleMinutes != null
                && used.plus(Duration.ofMinutes(idleMinutes)).plus(patience).isBefore(now);
    }
}
