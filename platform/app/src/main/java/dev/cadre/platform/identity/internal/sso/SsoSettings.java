package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator says of single sign-on.
 *
 * @param domains e-mail domains that belong to an organization without further proof: {@code example.com=<organization id>}
 * @param domainCheck {@code CADRE_SSO_DOMAIN_CHECK}: how often a proven domain is looked up again
 * @param domainGrace {@code CADRE_SSO_DOMAIN_GRACE}: how long a proof outlives its TXT record
 * @param dns the server that is asked for TXT records, as {@code 10.0.0.53} or {@code 10.0.0.53:5353}; null for the machine's own
 */
@ConfigurationProperties("cadre.sso")
record SsoSettings(
        @DefaultValue("") List<String> domains,
        @Nullable String dns,
        @DefaultValue("P1D") String domainCheck,
        @DefaultValue("P7D") String domainGrace) {

    private static final Duration LEAST = Duration.ofMinutes(10);
    private static final Duration MOST = Duration.ofDays(366);

    SsoSettings {
        domains = domains.stream()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
        parse(domains);
        domainCheck = domainCheck.strip();
        domainGrace = domainGrace.strip();
        time("CADRE_SSO_DOMAIN_CHECK", domainCheck);
        time("CADRE_SSO_DOMAIN_GRACE", domainGrace);
        dns = dns == null || dns.isBlank() ? null : dns.strip();
        if (dns != null && !dns.matches("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:]+](:\\d{1,5})?")) {
            throw new SettingException(
                    "CADRE_SSO_DNS must be a DNS server such as 10.0.0.53 or 10.0.0.53:5353, not '" + dns + "'.");
        }
    }

    Duration pause() {
        return time("CADRE_SSO_DOMAIN_CHECK", domainCheck);
    }

    Duration grace() {
        return time("CADRE_SSO_DOMAIN_GRACE", domainGrace);
    }

    private static Duration time(String name, String text) {
        try {
            var time = Duration.parse(text);
            if (time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new SettingException(
                name + " must be a time from ten minutes to a year, as P7D or PT12H, not '" + text + "'.");
    }

    Map<String, OrganizationId> owners() {
        return parse(domains);
    }

    private static Map<String, OrganizationId> parse(List<String> domains) {
        var owners = new LinkedHashMap<String, OrganizationId>();
        for (var entry : domains) {
            var parts = entry.split("=", 2);
            var domain = Domain.of(parts[0]);
            if (parts.length < 2
                    || domain.isEmpty()
                    || !parts[1].strip().matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                throw new SettingException(
                        "CADRE_SSO_DOMAINS must list domains with their organization's id, as example.com=0197…, not '"
                                + entry + "'.");
            }
            owners.put(domain.get(), new OrganizationId(UUID.fromString(parts[1].strip())));
        }
        return owners;
    }
}
