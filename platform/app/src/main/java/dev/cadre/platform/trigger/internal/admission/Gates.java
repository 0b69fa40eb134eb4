package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.platform.identity.RateLimits;
import dev.cadre.platform.shared.web.ClientAddress;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.spi.trigger.Admission;
import dev.cadre.spi.trigger.Authentication;
import dev.cadre.spi.trigger.HttpTrigger;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Builds the gates of webhooks. */
@Component
public class Gates {

    private final Gate.Tools tools;

    Gates(ClientAddress addresses, KeyRing keys, RateLimits limits, Clock clock) {
        this.tools = new Gate.Tools(addresses, keys, limits, clock);
    }

    /** Null for a webhook that is open to everybody: nothing is to be done for each of its requests. */
    public @Nullable Gate of(
            WorkflowDefinition definition,
            HttpTrigger.Binding binding,
            @Nullable String connection,
            @Nullable String element) {
        var admission = binding.admission();
        if (admission.equals(Admission.OPEN)) {
            return null;
        }
        var proof = proof(admission.authentication());
        var cors = admission.cors();
        var hidden = new HashSet<String>();
        proof.forEach(header -> hidden.add(header.toLowerCase(Locale.ROOT)));
        return new Gate(
                tools,
                new Gate.Place(
                        definition.organization(),
                        definition.workflow(),
                        definition.version() == null,
                        element == null ? "" : element),
                admission.authentication(),
                connection == null ? "" : connection,
                admission.allowFrom(),
                cors == null ? null : new CorsGate(cors, binding.methods(), proof),
                admission.perMinute(),
                Set.copyOf(hidden));
    }

    private static Set<String> proof(Authentication authentication) {
        return switch (authentication) {
            case Authentication.None none -> Set.of();
            case Authentication.ApiKey key -> Set.of(key.header());
            case Authentication.Basic basic -> Set.of("Authorization");
            case Authentication.Jwt jwt -> Set.of("Authorization");
            case Authentication.Signature scheme -> Set.of(scheme.header());
        };
    }
}
