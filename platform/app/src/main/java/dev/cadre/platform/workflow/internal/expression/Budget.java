package dev.cadre.platform.workflow.internal.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils.RangeList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may still use. The library asks at every sub-expression; the functions that it would let run
 * away ask by themselves. Values are weighed as trees: a value that holds itself twice, thirty times over, is small in
 * memory and endless to everybody who reads it.
 */
final class Budget {

    static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

    static final int MAX_TEXT = 1_000_000;
    static final int MAX_ITEMS = 100_000;
    private static final long MAX_NANOS = 200_000_000L;
    /** Less work than this is never called too long: then the machine was busy, not the expression. */
    private static final int LITTLE_WORK = 5_000;

    private static final int MAX_DEPTH = 500;
    private static final int MAX_NESTING = 200;
    private static final long MAX_WEIGHT = 4_000_000L;

    private final long deadline = System.nanoTime() + MAX_NANOS;
    private final long startedAt = System.currentTimeMillis();
    private final boolean regexAllowed;
    private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>();
    private int depth;
    private int work;

    Budget(boolean regexAllowed) {
        this.regexAllowed = regexAllowed;
    }

    long startedAt() {
        return startedAt;
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new JException("it calls itself too deeply", -1);
        }
        checkTime();
    }

    void leave(@Nullable Object result) {
        depth--;
        if (result instanceof Pattern && !regexAllowed) {
            throw new JException("a regular expression may only be an argument of a function", -1);
        }
        weigh(result, 0);
    }

    void checkTime() {
        if (++work > LITTLE_WORK && System.nanoTime() - deadline > 0) {
            throw new JException("it takes too long", -1);
        }
    }

    void checkText(long length) {
        if (length > MAX_TEXT) {
            throw new JException("it makes a text of more than " + MAX_TEXT + " characters", -1);
        }
    }

    private long weigh(@Nullable Object value, int nesting) {
        return switch (value) {
            case String s -> {
                checkText(s.length());
                yield 1 + s.length() / 4;
            }
            case RangeList range -> weighList(range.size());
            case Map<?, ?> map -> weighTree(map, map.values(), map.size(), nesting);
            case List<?> list -> weighTree(list, list, list.size(), nesting);
            case null, default -> 1;
        };
    }

    private static long weighList(int size) {
        if (size > MAX_ITEMS) {
            throw new JException("it makes a list of more than " + MAX_ITEMS + " items", -1);
        }
        return size;
    }

    private long weighTree(Object tree, Iterable<?> children, int size, int nesting) {
        var known = weights.get(tree);
        if (known != null) {
            return known;
        }
        if (nesting > MAX_NESTING) {
            throw new JException("it makes a value that is nested too deeply", -1);
        }
        long weight = 1 + weighList(size);
        for (var child : children) {
            weight += weigh(child, nesting + 1);
            if (weight > MAX_WEIGHT) {
                throw new JException("it makes too large a value", -1);
            }
        }
        weights.put(tree, weight);
        return weight;
    }
}
