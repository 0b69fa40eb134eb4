package dev.cadre.platform.http;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where steps may go.
 *
 * @param egressAllow hosts and CIDR blocks that they may reach although they are not public: {@code CADRE_EGRESS_ALLOW}
 * @param egressOnly the only public hosts, domains and blocks that they may reach, all where it is empty: {@code
 *     CADRE_EGRESS_ONLY}
 */
@ConfigurationProperties("cadre")
record EgressSettings(
        @DefaultValue("") List<String> egressAllow,
        @DefaultValue("") List<String> egressOnly) {

    EgressSettings {
        egressAllow = entries(egressAllow);
        egressOnly = entries(egressOnly);
    }

    private static List<String> entries(List<String> given) {
        return given.stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
    }
}
