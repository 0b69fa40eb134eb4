package dev.cadre.platform.http;

import dev.cadre.platform.shared.SettingException;
import dev.cadre.spi.StepException.Rejected;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Decides which addresses steps may reach: the public ones, and what the operator allows. It resolves names itself, so
 * that a client connects to the very address that was checked and to no other that the name means a moment later.
 */
@Component
public class EgressGuard {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+(/\\d+)?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/\\d+)?");

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_.-]*[\\p{L}\\p{N}_.])?");

    /** What the public internet does not route, or what carries another address inside. */
    private static final List<AddressBlock> CLOSED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/3",
                    "4000::/2",
                    "8000::/1",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(AddressBlock::parse)
            .toList();

    /** Names that other programs read as an address: their last part is a number, in whatever base. */
    private static final Pattern NUMBER = Pattern.compile("(?i)(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");

    private static final Pattern ADDRESS_V4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

    /** Asks what addresses a name has. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** What an operator lists: hosts, with {@code *.} domains and what is below them, and blocks of addresses. */
    private record Listed(Set<String> names, List<AddressBlock> blocks) {

        static Listed of(List<String> entries, boolean domains) {
            var names = new HashSet<String>();
            var blocks = new ArrayList<AddressBlock>();
            for (var entry : entries) {
                var host = domains && entry.startsWith("*.") ? entry.substring(2) : entry;
                if (ADDRESS.matcher(entry).matches()) {
                    blocks.add(AddressBlock.parse(entry));
                } else if (NAME.matcher(host).matches()) {
                    names.add(name(entry));
                } else {
                    throw new SettingException(AddressBlock.refusal(entry));
                }
            }
            return new Listed(names, blocks);
        }

        boolean isEmpty() {
            return names.isEmpty() && blocks.isEmpty();
        }

        boolean has(String host) {
            return names.contains(host)
                    || names.stream().anyMatch(one -> one.startsWith("*.") && host.endsWith(one.substring(1)));
        }

        boolean has(InetAddress address) {
            return blocks.stream().anyMatch(block -> block.contains(address));
        }
    }

    private final Listed open;
    private final Listed only;
    private final Names lookup;

    @Autowired
    EgressGuard(EgressSettings settings) {
        this(settings, InetAddress::getAllByName);
    }

    EgressGuard(EgressSettings settings, Names lookup) {
        this.lookup = lookup;
        this.open = Listed.of(settings.egressAllow(), false);
        this.only = Listed.of(settings.egressOnly(), true);
    }

    /**
     * The addresses of a host, all of them allowed.
     *
     * @throws Rejected {@code EGRESS_DENIED}
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        var plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (isAmbiguous(plain)) {
            throw new Rejected(
                    "EGRESS_DENIED",
                    "Steps may not reach \"" + host
                            + "\": it is neither a name in ASCII nor an address in its usual form, such as 203.0.113.7.");
        }
        var name = name(plain);
        if (!mayBeListed(name)) {
            throw unlisted(host); // and its name goes to no name server
        }
        var addresses = Arrays.asList(lookup.of(plain));
        if (!isListed(name, addresses)) {
            throw unlisted(host);
        }
        if (!open.has(name) && !addresses.stream().allMatch(this::isAllowed)) {
            throw new Rejected(
                    "EGRESS_DENIED",
                    "Steps may not reach " + host
                            + ": it is not a public address. An operator can allow it by CADRE_EGRESS_ALLOW.");
        }
        return addresses;
    }

    private boolean mayBeListed(String name) {
        return only.isEmpty()
                || open.has(name)
                || only.has(name)
                || !only.blocks().isEmpty()
                || !open.blocks().isEmpty();
    }

    private boolean isListed(String name, List<InetAddress> addresses) {
        return only.isEmpty()
                || open.has(name)
                || only.has(name)
                || addresses.stream().allMatch(address -> only.has(address) || open.has(address));
    }

    private static Rejected unlisted(String host) {
        return new Rejected(
                "EGRESS_DENIED",
                "Steps may not reach " + host
                        + ": it is not among the hosts that this hub goes to. An operator can add it to CADRE_EGRESS_ONLY.");
    }

    /** Whether the operator opened this host on purpose: by its name, or all of its addresses. */
    public boolean isOpened(String host) {
        var plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (isAmbiguous(plain)) {
            return false;
        }
        try {
            return open.has(name(plain)) || Stream.of(lookup.of(plain)).allMatch(open::has);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** What one program takes for a name and another one for an address is refused before anybody is asked. */
    private static boolean isAmbiguous(String host) {
        boolean plain = host.chars().allMatch(c -> c > ' ' && c < 127 && "%/\\@?#".indexOf(c) < 0);
        boolean v6 = host.indexOf(':') >= 0;
        return host.isEmpty()
                || !plain
                || !v6
                        && NUMBER.matcher(host).matches()
                        && !ADDRESS_V4.matcher(host).matches();
    }

    boolean isAllowed(InetAddress address) {
        if (open.has(address)) {
            return true;
        }
        boolean scoped = address instanceof Inet6Address six && six.getScopeId() != 0;
        return !scoped && CLOSED.stream().noneMatch(block -> block.contains(address));
    }

    private static String name(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
