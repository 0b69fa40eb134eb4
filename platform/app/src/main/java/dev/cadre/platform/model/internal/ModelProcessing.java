package dev.cadre.platform.model.internal;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProcessedData;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The providers whose models agents may ask here. */
@Component
class ModelProcessing implements ProcessedData {

    private final List<ModelProvider> providers;

    ModelProcessing(List<ModelProvider> providers) {
        this.providers = providers;
    }

    @Override
    public List<Recipient> recipients(OrganizationId organization) {
        return providers.stream()
                .filter(provider -> provider.missing() == null)
                .flatMap(provider -> Stream.ofNullable(provider.address())
                        .map(address -> new Recipient(
                                "model-provider",
                                provider.id(),
                                ProcessedData.host(address),
                                "What agents ask its models: instructions and the data of their run")))
                .toList();
    }
}
