package dev.cadre.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.shared.SettingException;
import dev.cadre.spi.StepException.Rejected;
import java.net.InetAddress;
import java.util.ArrayList;
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

    @Test
    void goesNowhereButWhereTheOperatorSaysWhereThereIsAListOfAll() throws Exception {
        var asked = new ArrayList<String>();
        var only = new EgressGuard(
                new EgressSettings(List.of("intranet"), List.of("api.example.com", "*.example.org")), host -> {
                    asked.add(host);
                    return new InetAddress[] {InetAddress.ofLiteral(host.equals("intranet") ? "10.0.0.1" : "8.8.8.8")};
                });
        for (var listed :
                List.of("api.example.com", "API.Example.com.", "a.example.org", "a.b.example.org", "intranet")) {
            assertThat(only.resolve(listed)).as(listed).hasSize(1);
        }
        asked.clear();
        for (var other : List.of("example.com", "x.api.example.com", "example.org", "badexample.org", "8.8.8.8")) {
            assertThatThrownBy(() -> only.resolve(other))
                    .as(other)
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("CADRE_EGRESS_ONLY");
        }
        assertThat(asked).as("names that went to a name server").isEmpty();
    }

    @Test
    void listsBlocksOfAddressesAndNeverWhatIsNotPublic() throws Exception {
        var only = new EgressGuard(
                new EgressSettings(List.of(), List.of("8.8.0.0/16", "10.0.0.0/8", "inside.example.com")),
                host -> new InetAddress[] {InetAddress.ofLiteral(host.equals("inside.example.com") ? "10.0.0.1" : host)
                });
        assertThat(only.resolve("8.8.4.4")).hasSize(1);
        for (var other : List.of("9.9.9.9", "10.1.2.3", "inside.example.com")) {
            assertThatThrownBy(() -> only.resolve(other)).as(other).isInstanceOf(Rejected.class);
        }
        assertThatThrownBy(() -> new EgressGuard(new EgressSettings(List.of(), List.of("*"))))
                .isInstanceOf(SettingException.class);
    }

    private static EgressGuard guard(String... allowed) {
        return new EgressGuard(new EgressSettings(List.of(allowed), List.of()));
    }
}
