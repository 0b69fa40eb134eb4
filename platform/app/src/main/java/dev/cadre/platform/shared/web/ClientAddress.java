package dev.cadre.platform.shared.web;

import dev.cadre.spi.http.AddressRange;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where a request comes from, and how: the other end of its socket, or what trusted proxies say of that. */
@Component
public class ClientAddress {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    /** One of these comes with what a proxy passes on, whether the operator has named that proxy or not. */
    private static final List<String> PROXIED =
            List.of(FORWARDED_FOR, FORWARDED_PROTO, "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via");

    private final List<AddressRange> proxies;

    ClientAddress(ProxySettings settings) {
        this.proxies = settings.ranges();
    }

    /** Null where a trusted proxy says something that is no address. */
    public @Nullable InetAddress of(HttpServletRequest request) {
        var address = AddressRange.address(withoutZone(request.getRemoteAddr()));
        if (proxies.isEmpty() || !isProxy(address)) {
            return address;
        }
        // Each proxy appends whom it has heard from: only what trusted ones have appended is known to be true.
        var hops = String.join(",", Collections.list(request.getHeaders(FORWARDED_FOR)))
                .split(",");
        for (int index = hops.length - 1; index >= 0 && isProxy(address); index--) {
            var hop = hops[index].strip();
            if (!hop.isEmpty()) {
                address = AddressRange.address(withoutPort(hop));
            }
        }
        return address;
    }

    /** Whether the client speaks TLS, to the hub itself or to a trusted proxy in front of it that says so. */
    public boolean isSecure(HttpServletRequest request) {
        if (request.isSecure()) {
            return true;
        }
        var said = request.getHeader(FORWARDED_PROTO);
        return said != null
                && isProxy(AddressRange.address(withoutZone(request.getRemoteAddr())))
                && said.strip().equalsIgnoreCase("https");
    }

    /** Whether it comes from this very machine, and no proxy here passes on what others ask for. */
    public boolean isLocal(HttpServletRequest request) {
        var address = of(request);
        return address != null
                && address.isLoopbackAddress()
                && PROXIED.stream().allMatch(header -> request.getHeader(header) == null);
    }

    private boolean isProxy(@Nullable InetAddress address) {
        return address != null && proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    /** Some proxies write {@code 203.0.113.7:4711} or {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        int bracket = hop.indexOf(']');
        if (hop.startsWith("[") && bracket > 0) {
            return hop.substring(1, bracket);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
