package dev.cadre.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.shared.SettingException;
import java.net.NetworkInterface;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ClusterSettingsTest {

    @Test
    void listensOnTheLoopbackUnlessToldOtherwise() {
        var settings = bind(Map.of());

        assertThat(settings).isEqualTo(new ClusterSettings("127.0.0.1", 5701, null));
        assertThat(settings.listenAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void takesTheNameOfANetworkInterface() throws Exception {
        var loopback = NetworkInterface.networkInterfaces()
                .filter(network -> network.inetAddresses().anyMatch(java.net.InetAddress::isLoopbackAddress))
                .findFirst()
                .orElseThrow();

        assertThat(new ClusterSettings(loopback.getName(), 5701, null)
                        .listenAddress()
                        .isLoopbackAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "example.com", "no-such-interface"})
    void refusesWhatIsNoAddressOfThisMachine(String network) {
        assertThatThrownBy(() -> new ClusterSettings(network, 5701, null))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_CLUSTER_INTERFACE")
                .hasMessageContaining(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "10.0.0.7:port", "two words:5701"})
    void refusesAPublicAddressWithoutPort(String address) {
        assertThatThrownBy(() -> new ClusterSettings("127.0.0.1", 5701, address))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_CLUSTER_PUBLIC_ADDRESS");
    }

    private static ClusterSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("cadre.cluster", ClusterSettings.class);
    }
}
