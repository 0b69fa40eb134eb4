package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.shared.SettingException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "198.51.100.1     | 203.0.113.9              | 198.51.100.1",
                "10.0.0.1         | none                     | 10.0.0.1",
                "10.0.0.1         | 203.0.113.9              | 203.0.113.9",
                "10.0.0.1         | 1.1.1.1, 203.0.113.9     | 203.0.113.9",
                "10.0.0.1         | 1.1.1.1, 10.0.0.2        | 1.1.1.1",
                "10.0.0.1         | 10.0.0.3, 10.0.0.2       | 10.0.0.3",
                "10.0.0.1         | 203.0.113.9, unknown     | none",
                "::ffff:10.0.0.1  | 203.0.113.9              | 203.0.113.9",
                "fe80:0:0:0:0:0:0:1%eth0 | 203.0.113.9       | fe80:0:0:0:0:0:0:1",
            })
    void onlyTrustedProxiesAreBelieved(String socket, String forwarded, String client) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(socket);
        if (forwarded != null) {
            request.addHeader("X-Forwarded-For", forwarded);
        }

        var address = new ClientAddress(new ProxySettings(List.of("10.0.0.0/8"))).of(request);

        assertThat(address == null ? null : address.getHostAddress()).isEqualTo(client);
    }

    @Test
    void nobodyIsTrustedUnlessAnOperatorSaysSo() {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr("127.0.0.1");
        request.addHeader("X-Forwarded-For", "203.0.113.9");

        assertThat(new ClientAddress(new ProxySettings(List.of())).of(request)).hasToString("/127.0.0.1");
    }

    @Test
    void wrongProxiesKeepTheHubFromStarting() {
        Assertions.assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new ClientAddress(new ProxySettings(List.of("proxy.example"))))
                .withMessageContaining("CADRE_TRUSTED_PROXIES");
    }
}
