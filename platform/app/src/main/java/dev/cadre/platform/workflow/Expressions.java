package dev.cadre.platform.workflow;

import dev.cadre.platform.workflow.internal.expression.Compiled;
import org.jspecify.annotations.Nullable;

/** Compiles expressions and documents that hold some; what cannot be compiled is refused in words for its author. */
public final class Expressions {

    private Expressions() {}

    /** A document of JSON values whose strings may hold {@code {{ … }}}. */
    public static Template template(@Nullable Object document) {
        return Compiled.template(document).value();
    }

    /** Exactly one {@code {{ … }}}. */
    public static Expression expression(String text) {
        return Compiled.braced(text).value();
    }
}
