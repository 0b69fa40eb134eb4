package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.SettingException;
import dev.cadre.spi.http.AddressRange;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The proxies whose word about a client's address counts: {@code CADRE_TRUSTED_PROXIES}. */
@ConfigurationProperties("cadre")
record ProxySettings(@DefaultValue("") List<String> trustedProxies) {

    ProxySettings {
        trustedProxies = trustedProxies.stream()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    List<AddressRange> ranges() {
        return trustedProxies.stream().map(ProxySettings::range).toList();
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    "CADRE_TRUSTED_PROXIES must hold addresses or blocks such as 10.0.0.0/8, not \"" + text + "\".", e);
        }
    }
}
