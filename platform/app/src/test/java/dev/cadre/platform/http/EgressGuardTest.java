package dev.cadre.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.shared.SettingException;
import dev.cadre.spi.StepException.Rejected;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "[::1]",
                "[::]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[ff02::1]",
                "[::ffff:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[2001::1]",
                "[::127.0.0.1]"
            })
    void refusesWhatIsNotPublic(String host) {
        assertThatThrownBy(() -> guard().resolve(host))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "[2606:4700:4700::1111]"})
    void allowsWhatIsPublic(String host) throws Exception {
        assertThat(guard().resolve(host)).hasSize(1);
    }

    @Test
    void allowsWhatTheOperatorNames() throws Exception {
        assertThat(guard("10.0.0.0/8").resolve("10.1.2.3")).hasSize(1);
        assertThat(guard("127.0.0.1").resolve("127.0.0.1")).hasSize(1);
        assertThat(guard("LocalHost.").resolve("localhost")).isNotEmpty();
        assertThat(guard("::1").resolve("[::1]")).hasSize(1);
        assertThatThrownBy(() -> guard("10.0.0.0/8").resolve("127.0.0.1")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> guard("localhost").resolve("127.0.0.1")).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "300.1.1.1", "::1/200", "not a host!", "http://intranet", "intranet:8080", "*"})
    void aWrongEntryStopsTheStart(String block) {
        assertThatThrownBy(() -> guard(block)).isInstanceOf(SettingException.class);
    }

    private static EgressGuard guard(String... allowed) {
        return new EgressGuard(new EgressSettings(List.of(allowed)));
    }
}
