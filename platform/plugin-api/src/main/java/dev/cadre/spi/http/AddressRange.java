package dev.cadre.spi.http;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses. An IPv4 address that is written as an IPv6 one ({@code ::ffff:10.0.0.1}) counts as IPv4.
 *
 * @param prefix how many leading bits an address has in common with {@code network}
 * @since 0.1
 */
public record AddressRange(InetAddress network, int prefix) {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:]+(:\\d{1,3}(\\.\\d{1,3}){3})?");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");
    private static final int MAPPED = 96;

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash));
        int bits = address == null ? 0 : address.getAddress().length * 8;
        int prefix = bits;
        if (slash >= 0) {
            var given = text.substring(slash + 1);
            prefix = PREFIX.matcher(given).matches() ? Integer.parseInt(given) : -1;
            boolean mapped = bits == 32 && text.indexOf(':') >= 0;
            prefix = mapped ? prefix - MAPPED : prefix;
        }
        if (address == null || prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no IP address or block such as 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32.");
        }
        return new AddressRange(address, prefix);
    }

    /**
     * An address in digits, null for anything else: names are never looked up.
     *
     * @param text without a zone
     */
    public static @Nullable InetAddress address(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public boolean contains(InetAddress address) {
        var own = network.getAddress();
        var other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int index = 0; index < whole; index++) {
            if (own[index] != other[index]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((own[whole] ^ other[whole]) & 0xff) >> 8 - rest == 0;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
