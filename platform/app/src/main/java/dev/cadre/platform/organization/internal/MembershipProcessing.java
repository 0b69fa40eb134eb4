package dev.cadre.platform.organization.internal;

import dev.cadre.platform.organization.SecurityRulebook;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who is in the organization, and what it asks of them. */
@Component
class MembershipProcessing implements ProcessedData {

    private final SecurityRulebook rulebook;

    MembershipProcessing(SecurityRulebook rulebook) {
        this.rulebook = rulebook;
    }

    @Override
    public List<Category> categories(OrganizationId organization) {
        return List.of(new Category(
                "Membership: role, projects, since when",
                "Members",
                "Deciding who may see and do what",
                "Until they leave",
                "Database of the hub"));
    }

    @Override
    public List<String> measures(OrganizationId organization) {
        var rules = rulebook.find(organization);
        var measures = new ArrayList<String>();
        measures.add("The database itself shows each organization its own rows only.");
        measures.add("Roles and projects decide who sees and does what.");
        if (rules.secondFactorRequired()) {
            measures.add("Members need a second factor.");
        }
        if (!rules.allowedAddresses().isEmpty()) {
            measures.add("The organization can be used from "
                    + rules.allowedAddresses().size() + " allowed networks or addresses only.");
        }
        if (rules.sessionHours() != null) {
            measures.add("Sign-ins end after " + rules.sessionHours() + " hours.");
        }
        return measures;
    }
}
