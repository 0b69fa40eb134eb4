package dev.cadre.platform.identity.internal.sso;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the DNS for TXT records, with what Java brings. */
@Component
class TxtRecords {

    private static final Logger log = LoggerFactory.getLogger(TxtRecords.class);

    private final String server;

    TxtRecords(SsoSettings settings) {
        this.server = settings.dns() == null ? "dns:" : "dns://" + settings.dns();
    }

    /** None for a name that the DNS says has none; empty where it does not say, because it is away or fails. */
    @SuppressWarnings("BanJNDI") // of DNS, whose records are text: nothing is loaded or deserialized
    Optional<List<String>> of(String name) {
        var environment = new Hashtable<String, String>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", server);
        environment.put("com.sun.jndi.dns.timeout.initial", "2000");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        var found = new ArrayList<String>();
        try {
            var context = new InitialDirContext(environment);
            try {
                var attribute =
                        context.getAttributes(name, new String[] {"TXT"}).get("TXT");
                for (int i = 0; attribute != null && i < attribute.size(); i++) {
                    found.add(text(String.valueOf(attribute.get(i))));
                }
            } finally {
                context.close();
            }
        } catch (NameNotFoundException e) {
            log.debug("There is no name {}", name);
        } catch (NamingException e) {
            log.debug("The DNS does not say what TXT records {} has", name, e);
            return Optional.empty();
        }
        return Optional.of(List.copyOf(found));
    }

    /** Some servers' answers keep their quotes. */
    private static String text(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
