package dev.cadre.platform.workflow.internal.expression;

import dev.cadre.platform.workflow.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON document whose strings may hold expressions. Parts without any are given out as they are, never copied. */
final class DocumentTemplate implements Template {

    /** A part of the document that has to be evaluated. */
    private sealed interface Part {
        record Text(TextTemplate template) implements Part {}

        /** Values are constants or parts. */
        record Fields(List<Map.Entry<String, Object>> fields) implements Part {}

        record Items(List<Object> items) implements Part {}
    }

    private static final Object NULL = new Object();

    private final @Nullable Object document;
    private final Object compiled;

    private DocumentTemplate(@Nullable Object document, Object compiled) {
        this.document = document;
        this.compiled = compiled;
    }

    static DocumentTemplate of(@Nullable Object document, List<Source> sources) {
        return new DocumentTemplate(document, compile(document, sources));
    }

    /** The document as it was written, expressions unevaluated. */
    @Nullable
    Object document() {
        return document;
    }

    @Override
    public @Nullable Object evaluate(Map<String, Object> data) {
        return evaluate(compiled, data);
    }

    private static Object compile(@Nullable Object value, List<Source> sources) {
        return switch (value) {
            case String text ->
                switch (TextTemplate.of(text, sources)) {
                    case TextTemplate.Constant constant -> text;
                    case TextTemplate.Value single -> new Part.Text(single);
                    case TextTemplate.Mixed mixed -> new Part.Text(mixed);
                };
            case Map<?, ?> map -> compile(map, sources);
            case List<?> list -> {
                var items = new ArrayList<Object>();
                list.forEach(item -> items.add(compile(item, sources)));
                yield items.stream().anyMatch(Part.class::isInstance) ? new Part.Items(items) : list;
            }
            case null -> NULL;
            default -> value;
        };
    }

    private static Object compile(Map<?, ?> map, List<Source> sources) {
        var fields = new ArrayList<Map.Entry<String, Object>>();
        map.forEach((key, value) -> fields.add(Map.entry(String.valueOf(key), compile(value, sources))));
        return fields.stream().anyMatch(field -> field.getValue() instanceof Part) ? new Part.Fields(fields) : map;
    }

    private static @Nullable Object evaluate(Object compiled, Map<String, Object> data) {
        return switch (compiled) {
            case Part.Text(TextTemplate.Value(var expression)) -> expression.evaluate(data);
            case Part.Text(TextTemplate.Mixed mixed) -> mixed.render(data);
            case Part.Text(TextTemplate.Constant(var text)) -> text;
            case Part.Fields(var fields) -> {
                var result = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(fields.size());
                for (var field : fields) {
                    result.put(field.getKey(), evaluate(field.getValue(), data));
                }
                yield result;
            }
            case Part.Items(var items) -> {
                var result = new ArrayList<@Nullable Object>(items.size());
                for (var item : items) {
                    result.add(evaluate(item, data));
                }
                yield result;
            }
            default -> compiled == NULL ? null : compiled;
        };
    }
}
