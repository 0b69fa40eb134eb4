package dev.cadre.platform.http;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Hosts and CIDR blocks that steps may reach although they are not public: {@code CADRE_EGRESS_ALLOW}. */
@ConfigurationProperties("cadre")
record EgressSettings(@DefaultValue("") List<String> egressAllow) {

    EgressSettings {
        egressAllow = egressAllow.stream()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }
}
