package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.PageOf;
import java.util.List;
import java.util.function.Function;

/**
 * Which page of a list is asked for: {@code ?limit=} and {@code ?cursor=}. A controller method takes it as a parameter.
 * A list reads {@link #limit} + 1 rows behind {@link #after} and hands them to {@link #page}.
 *
 * @param list the list's path, which cursors are bound to
 * @param after the sort key of the last row of the page before, empty for the first page
 */
public record PageQuery(int limit, List<String> after, String list, Cursors cursors) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    public boolean isFirst() {
        return after.isEmpty();
    }

    /** How many rows to read: one more than is shown tells whether another page follows. */
    public int rows() {
        return limit + 1;
    }

    /** Of up to {@link #rows} rows the page, with a cursor behind its last row where more rows follow. */
    public <T> PageOf<T> page(List<T> rows, Function<T, List<String>> sortKey) {
        if (rows.size() <= limit) {
            return new PageOf<>(rows, null);
        }
        var shown = List.copyOf(rows.subList(0, limit));
        return new PageOf<>(shown, cursors.write(list, sortKey.apply(shown.getLast())));
    }
}
