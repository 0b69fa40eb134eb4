package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.util.List;
import org.springframework.stereotype.Component;

/** The organization's identity provider. */
@Component
class SsoProcessing implements ProcessedData {

    private final ProviderStore providers;

    SsoProcessing(ProviderStore providers) {
        this.providers = providers;
    }

    @Override
    public List<Category> categories(OrganizationId organization) {
        return providers
                .find(organization)
                .map(provider -> new Category(
                        "Single sign-on: who somebody is at the identity provider, first and last sign-in",
                        "Members",
                        "Knowing who comes back from the identity provider",
                        "Until the account is erased",
                        "Database of the hub"))
                .stream()
                .toList();
    }

    @Override
    public List<Recipient> recipients(OrganizationId organization) {
        return providers
                .find(organization)
                .map(provider -> new Recipient(
                        "identity-provider",
                        "Single sign-on",
                        ProcessedData.host(provider.issuer()),
                        "That somebody signs in; it tells name, address and groups"))
                .stream()
                .toList();
    }

    @Override
    public List<String> measures(OrganizationId organization) {
        return providers
                .find(organization)
                .filter(Provider::enforced)
                .map(provider -> "Members sign in by the organization's identity provider only.")
                .stream()
                .toList();
    }
}
