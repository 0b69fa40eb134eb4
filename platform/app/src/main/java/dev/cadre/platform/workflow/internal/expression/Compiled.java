package dev.cadre.platform.workflow.internal.expression;

import dev.cadre.platform.workflow.Expression;
import dev.cadre.platform.workflow.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something compiled from text of a workflow file, with the paths it reads from the data in scope.
 *
 * @param document the JSON document of a template, unevaluated; null for an expression
 * @param parameters what a model is asked for by {@code fromAi}
 */
public record Compiled<T>(T value, @Nullable Object document, List<List<String>> paths, List<FromAi> parameters) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A JSON document, as the text of {@code cadre:step}. */
    public static Compiled<Template> json(String text) {
        try {
            return template(JSON.readValue(text, Object.class));
        } catch (JacksonException e) {
            var where =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new ExpressionInvalid("It is not JSON: " + e.getOriginalMessage() + where);
        }
    }

    /** A JSON value that is read already. */
    public static Compiled<Template> template(@Nullable Object document) {
        var sources = new ArrayList<Source>();
        var template = DocumentTemplate.of(Values.tidy(document), sources);
        return new Compiled<>(template, template.document(), paths(sources.stream()), parameters(sources.stream()));
    }

    /** One {@code {{ … }}}, as in a condition. */
    public static Compiled<Expression> braced(String text) {
        var stripped = text.strip();
        if (!stripped.startsWith("{{") || Scanner.closing(stripped, 2) != stripped.length() - 2) {
            throw new ExpressionInvalid(
                    "It must be one expression in double braces, as {{ trigger.body.total > 100 }}.");
        }
        var source = Source.of(stripped.substring(2, stripped.length() - 2));
        return new Compiled<>(source.compile(), null, paths(Stream.of(source)), source.parameters());
    }

    private static List<List<String>> paths(Stream<Source> sources) {
        return sources.flatMap(source -> References.rootPaths(source.tokens()).stream())
                .toList();
    }

    private static List<FromAi> parameters(Stream<Source> sources) {
        return sources.flatMap(source -> source.parameters().stream()).toList();
    }
}
