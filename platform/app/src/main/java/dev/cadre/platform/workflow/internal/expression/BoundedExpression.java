package dev.cadre.platform.workflow.internal.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.EntryCallback;
import com.dashjoin.jsonata.Jsonata.ExitCallback;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JLambda;
import com.dashjoin.jsonata.Parser;
import dev.cadre.platform.workflow.Expression;
import dev.cadre.spi.StepException.Rejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Any JSONata expression, evaluated by the library within a {@link Budget}. */
final class BoundedExpression implements Expression {

    private static final int MAX_MESSAGE = 300;

    private final String source;
    private final Jsonata compiled;
    private final boolean regexAllowed;
    private final List<List<String>> paths;

    BoundedExpression(String source, List<Token> tokens) {
        this.source = source;
        this.paths = References.rootPaths(tokens);
        this.regexAllowed = tokens.stream().anyMatch(token -> token.kind() == Token.Kind.REGEX);
        this.compiled = compile(source);
    }

    private static Jsonata compile(String source) {
        try {
            var compiled = Jsonata.jsonata(source);
            compiled.setOutputConvertNulls(false);
            compiled.setValidateInput(false);
            BoundedFunctions.install(compiled, source);
            return compiled;
        } catch (JException e) {
            throw new ExpressionInvalid(
                    clip(e.getMessage()) + (e.getLocation() >= 0 ? " (at character " + e.getLocation() + ")" : ""));
        } catch (StackOverflowError e) {
            throw new ExpressionInvalid("It is nested too deeply.");
        } catch (RuntimeException e) {
            throw new ExpressionInvalid("It is not JSONata: " + clip(e.getMessage()));
        } finally {
            // The library lets the last expression that a thread compiled do that thread's later evaluations, and so
            // would leave one evaluation's variables where another thread's could read them. It may have this one.
            Jsonata.jsonata("0");
        }
    }

    @Override
    public @Nullable Object evaluate(Map<String, Object> data) {
        var result = raw(data);
        if (result == null) {
            throw missing(data);
        }
        return result == Jsonata.NULL_VALUE ? null : plain(result);
    }

    @Override
    public boolean test(Map<String, Object> data) {
        return Values.truth(evaluate(data));
    }

    private @Nullable Object raw(Map<String, Object> data) {
        var budget = new Budget(regexAllowed);
        try {
            return ScopedValue.where(Budget.CURRENT, budget).call(() -> {
                Frame frame = compiled.createFrame();
                EntryCallback entry = (expression, input, environment) -> budget.enter();
                ExitCallback exit = (expression, input, environment, result) -> budget.leave(result);
                frame.setEvaluateEntryCallback(entry);
                frame.setEvaluateExitCallback(exit);
                return compiled.evaluate(data, frame);
            });
        } catch (StackOverflowError e) {
            throw failed("it calls itself too deeply", e);
        } catch (RuntimeException e) {
            throw failed(clip(message(e)), e);
        } catch (Error e) {
            if (e instanceof VirtualMachineError) {
                throw e;
            }
            throw failed(clip(e.getMessage()), e);
        }
    }

    private static @Nullable String message(Throwable e) {
        var cause = e;
        while (!(cause instanceof JException) && cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause instanceof ClassCastException ? "a value has the wrong type" : cause.getMessage();
    }

    private Rejected failed(String message, Throwable cause) {
        return new Rejected("EXPRESSION_FAILED", "The expression {{ " + clip(source) + " }} failed: " + message, cause);
    }

    private Rejected missing(Map<String, Object> data) {
        for (var path : paths) {
            var missing = PathExpression.missingIn(path, data);
            if (missing != null) {
                return new Rejected(
                        "MISSING_DATA", "The expression {{ " + clip(source) + " }} has no value: " + missing + ".");
            }
        }
        return new Rejected("MISSING_DATA", "The expression {{ " + clip(source) + " }} has no value.");
    }

    private static String clip(@Nullable String text) {
        if (text == null) {
            return "for an unknown reason";
        }
        var own = text.startsWith("JSonataException ") ? text.substring("JSonataException ".length()) : text;
        return own.length() <= MAX_MESSAGE ? own : own.substring(0, MAX_MESSAGE) + "…";
    }

    /** JSON values only: the library's lists and its null replaced, functions dropped as the browser drops them. */
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, item) -> {
                    if (!isFunction(item)) {
                        copy.put(String.valueOf(key), plain(item));
                    }
                });
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> copy.add(plain(item)));
                yield copy;
            }
            case null -> null;
            default -> value == Jsonata.NULL_VALUE || isFunction(value) ? null : Values.tidy(value);
        };
    }

    private static boolean isFunction(@Nullable Object value) {
        return value instanceof JFunction
                || value instanceof JLambda
                || value instanceof Parser.Symbol
                || value instanceof Pattern;
    }
}
