package dev.cadre.platform.cluster;

import dev.cadre.platform.shared.SettingException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this node listens to the others.
 *
 * @param network {@code CADRE_CLUSTER_INTERFACE}: an IP address of this machine or the name of one of its network
 *     interfaces, as {@code eth0}
 * @param port {@code CADRE_CLUSTER_PORT}: the first port to try; one that is taken is passed over, up to 100 times
 * @param publicAddress {@code CADRE_CLUSTER_PUBLIC_ADDRESS}: {@code host:port} where the others reach this node if that
 *     is not where it listens, as behind a port mapping
 */
@ConfigurationProperties("cadre.cluster")
public record ClusterSettings(
        @DefaultValue("127.0.0.1") String network,
        @DefaultValue("5701") int port,
        @Nullable String publicAddress) {

    public ClusterSettings {
        network = network.isBlank() ? "127.0.0.1" : network.strip();
        if (port < 1 || port > 65_535) {
            throw new SettingException("CADRE_CLUSTER_PORT must be a port number from 1 to 65535, not '" + port + "'.");
        }
        publicAddress = publicAddress == null || publicAddress.isBlank() ? null : publicAddress.strip();
        if (publicAddress != null && !publicAddress.matches("[^\\s:]+:\\d{1,5}")) {
            throw new SettingException(
                    "CADRE_CLUSTER_PUBLIC_ADDRESS must be as 10.0.0.7:5701, not '" + publicAddress + "'.");
        }
        resolve(network);
    }

    /** The address to listen on; it is one of this machine's. */
    public InetAddress listenAddress() {
        return resolve(network);
    }

    private static InetAddress resolve(String network) {
        try {
            var named = NetworkInterface.getByName(network);
            var address = named == null ? InetAddress.ofLiteral(network) : first(network, named);
            if (NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
        } catch (IllegalArgumentException | SocketException e) {
            throw notOfThisMachine(network);
        }
        throw notOfThisMachine(network);
    }

    private static InetAddress first(String network, NetworkInterface named) {
        return named.inetAddresses()
                .min(Comparator.comparing(InetAddress::isLinkLocalAddress)
                        .thenComparing(address -> !(address instanceof Inet4Address)))
                .orElseThrow(() -> notOfThisMachine(network));
    }

    private static SettingException notOfThisMachine(String network) {
        return new SettingException(
                "CADRE_CLUSTER_INTERFACE must be an IP address or the name of a network interface of this machine, not '"
                        + network + "'.");
    }
}
