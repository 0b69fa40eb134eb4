package dev.cadre.platform.model;

import dev.cadre.platform.model.internal.ModelProvider;
import dev.cadre.platform.model.internal.Prices;
import dev.cadre.platform.shared.Money;
import dev.cadre.spi.StepException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The one way to a language model. Never waits and never repeats a request: it says how long to wait, the run engine does.
 */
@Service
public class ModelGateway {

    private static final String DEFAULT = "default";
    private static final String DEMO = "demo";

    /** Tokens of an answer where the request sets no bound. */
    private static final int LIKELY_OUTPUT = 500;

    private final List<ModelProvider> providers;
    private final Prices prices;
    private final ModelSettings settings;

    ModelGateway(List<ModelProvider> providers, Prices prices, ModelSettings settings) {
        this.providers = providers;
        this.prices = prices;
        this.settings = settings;
    }

    /** One model of one provider. */
    private record Target(ModelProvider provider, String name) {
        String id() {
            return provider.id() + "/" + name;
        }
    }

    /**
     * Asks the first model, and the next one when it is not available.
     *
     * @throws StepException.Retryable when a model may answer later
     * @throws StepException.Rejected when no model of the list can ever answer this
     */
    public ModelReply call(ModelRequest request) {
        if (request.models().isEmpty()) {
            throw new StepException.Rejected("MODEL_UNKNOWN", "The step names no model.");
        }
        var failures = new ArrayList<StepException>();
        for (var model : request.models()) {
            try {
                return ask(resolve(model), request);
            } catch (StepException.Retryable e) {
                failures.add(e);
            } catch (StepException.Rejected e) {
                if (!notAvailable(e)) {
                    throw e;
                }
                failures.add(e);
            }
        }
        throw worthWaitingFor(failures).orElseGet(failures::getFirst);
    }

    /** What a request may cost at the most, roughly: about four characters a token, and the longest answer it allows. */
    public Money estimate(ModelRequest request) {
        long characters = request.messages().toString().length()
                + request.tools().toString().length();
        var output = request.maxOutputTokens() == null ? LIKELY_OUTPUT : request.maxOutputTokens();
        return request.models().stream()
                .map(model -> estimate(model, characters / 4, output))
                .max(Comparator.comparing(Money::decimal))
                .orElse(Money.usd(BigDecimal.ZERO));
    }

    private Money estimate(String model, long inputTokens, long outputTokens) {
        try {
            return prices.usage(resolve(model).id(), inputTokens, outputTokens).cost();
        } catch (StepException e) {
            // It can't be asked, so it costs nothing.
            return Money.usd(BigDecimal.ZERO);
        }
    }

    /** Every known model: what can be used now, and what is missing for the rest. */
    public List<ModelInfo> models() {
        var infos = new ArrayList<ModelInfo>();
        for (var id : prices.models()) {
            provider(id).ifPresent(provider -> infos.add(info(provider, id)));
        }
        for (var provider : providers) {
            var id = provider.id() + "/" + provider.defaultModel();
            if (!prices.knows(id)) {
                infos.add(info(provider, id));
            }
        }
        return List.copyOf(infos);
    }

    private ModelInfo info(ModelProvider provider, String id) {
        boolean demo = provider.id().equals(DEMO);
        var name = id.substring(id.indexOf('/') + 1);
        return new ModelInfo(
                id,
                provider.id(),
                demo ? "Demo model: offline, free, follows simple instructions only" : name,
                provider.missing() == null,
                demo,
                provider.missing(),
                prices.inputPrice(id).orElse(null),
                prices.outputPrice(id).orElse(null));
    }

    private ModelReply ask(Target target, ModelRequest request) {
        var missing = target.provider().missing();
        if (missing != null) {
            throw notConfigured("The model " + target.id() + " can't be used yet. " + missing);
        }
        var answer = target.provider().call(target.name(), request);
        return new ModelReply(
                answer.text(),
                answer.toolCalls(),
                prices.usage(target.id(), answer.inputTokens(), answer.outputTokens()),
                target.id(),
                answer.finishReason(),
                answer.requestId());
    }

    private Target resolve(String model) {
        if (model.equals(DEFAULT)) {
            return defaultTarget();
        }
        var provider = provider(model);
        if (provider.isPresent()) {
            return new Target(provider.get(), model.substring(model.indexOf('/') + 1));
        }
        return bare(model)
                .orElseThrow(() -> new StepException.Rejected(
                        "MODEL_UNKNOWN",
                        "No provider is known for the model " + model
                                + ". Write provider/name with anthropic, openai, google or demo as provider."));
    }

    private Target defaultTarget() {
        if (!settings.defaultModel().isBlank() && !settings.defaultModel().equals(DEFAULT)) {
            return resolve(settings.defaultModel());
        }
        return providers.stream()
                .filter(provider -> !provider.id().equals(DEMO) && provider.missing() == null)
                .findFirst()
                .map(provider -> new Target(provider, provider.defaultModel()))
                .orElseThrow(
                        () -> notConfigured(
                                "No model is configured. Set ANTHROPIC_API_KEY, OPENAI_API_KEY, "
                                        + "OPENAI_BASE_URL or GEMINI_API_KEY and restart the hub, or name demo/assistant to try it offline."));
    }

    private Optional<ModelProvider> provider(String id) {
        int slash = id.indexOf('/');
        return slash <= 0 || slash == id.length() - 1
                ? Optional.empty()
                : providers.stream()
                        .filter(provider -> provider.id().equals(id.substring(0, slash)))
                        .findFirst();
    }

    private Optional<Target> bare(String name) {
        var family = family(name);
        return providers.stream()
                .filter(provider -> !provider.id().equals(DEMO))
                .filter(provider -> provider.id().equals(family) || prices.knows(provider.id() + "/" + name))
                .findFirst()
                .map(provider -> new Target(provider, name));
    }

    private static @Nullable String family(String name) {
        if (name.startsWith("claude-")) {
            return "anthropic";
        }
        if (name.startsWith("gemini-")) {
            return "google";
        }
        return name.startsWith("gpt-") || name.matches("o\\d.*") ? "openai" : null;
    }

    private static boolean notAvailable(StepException.Rejected e) {
        return e.code().equals("MODEL_NOT_CONFIGURED") || e.code().equals("MODEL_UNKNOWN");
    }

    private static StepException.Rejected notConfigured(String message) {
        return new StepException.Rejected("MODEL_NOT_CONFIGURED", message);
    }

    /** The model that is free again first: one that named no time may be free at once. */
    private static Optional<StepException> worthWaitingFor(List<StepException> failures) {
        return failures.stream()
                .filter(StepException.Retryable.class::isInstance)
                .map(StepException.Retryable.class::cast)
                .min(Comparator.comparing(
                        StepException.Retryable::retryAfter, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(StepException.class::cast);
    }
}
