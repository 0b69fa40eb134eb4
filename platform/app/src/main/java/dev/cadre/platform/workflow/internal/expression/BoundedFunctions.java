package dev.cadre.platform.workflow.internal.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSONata's functions that the library would let run away (padding, joining, regular expressions) or answers
 * wrongly (the time of another evaluation), as the browser's JSONata answers them.
 */
final class BoundedFunctions {

    private static final int MAX_PICTURE = 48;

    private static final Map<String, JFunction> FUNCTIONS = Map.of(
            "pad", function(BoundedFunctions::pad, "<s-ns?:s>"),
            "join", function(BoundedFunctions::join, "<a<s>s?:s>"),
            "contains", function(BoundedFunctions::contains, "<s-(sf):b>"),
            "match", function(BoundedFunctions::match, "<s-f<s:o>n?:a<o>>"),
            "replace", function(BoundedFunctions::replace, "<s-(sf)(sf)n?:s>"),
            "split", function(BoundedFunctions::split, "<s-(sf)n?:a<s>>"),
            "now", function(BoundedFunctions::now, "<s?s?:s>"),
            "millis", function((input, arguments) -> budget().startedAt(), "<:n>"),
            "toMillis", function(BoundedFunctions::toMillis, "<s-s?:n>"));

    private BoundedFunctions() {}

    /** Puts them in the place of the library's own where the expression names them. */
    static void install(Jsonata jsonata, String source) {
        FUNCTIONS.forEach((name, function) -> {
            if (source.contains("$" + name)) {
                jsonata.registerFunction(name, function);
            }
        });
    }

    private static JFunction function(JFunctionCallable body, String signature) {
        return new JFunction(body, signature);
    }

    private static Budget budget() {
        return Budget.CURRENT.get();
    }

    private static @Nullable Object argument(List<?> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private static int limit(List<?> arguments, int index) {
        return argument(arguments, index) instanceof Number n ? n.intValue() : Integer.MAX_VALUE;
    }

    private static @Nullable Object pad(@Nullable Object input, List<?> arguments) {
        if (!(argument(arguments, 0) instanceof String text) || !(argument(arguments, 1) instanceof Number number)) {
            return null;
        }
        double width = number.doubleValue();
        budget().checkText((long) Math.abs(width));
        var filler = argument(arguments, 2) instanceof String s && !s.isEmpty() ? s : " ";
        int missing = (int) Math.abs(width) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        var points = filler.codePoints().toArray();
        var padding = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            padding.appendCodePoint(points[i % points.length]);
        }
        return width < 0 ? padding + text : text + padding;
    }

    private static @Nullable Object join(@Nullable Object input, List<?> arguments) {
        if (!(argument(arguments, 0) instanceof List<?> parts)) {
            return null;
        }
        var separator = argument(arguments, 1) instanceof String s ? s : "";
        var joined = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            joined.append(i == 0 ? "" : separator).append(parts.get(i));
            budget().checkText(joined.length());
        }
        return joined.toString();
    }

    private static @Nullable Object contains(@Nullable Object input, List<?> arguments) {
        if (!(argument(arguments, 0) instanceof String text)) {
            return null;
        }
        return switch (argument(arguments, 1)) {
            case String token -> text.contains(token);
            case Pattern pattern -> matcher(pattern, text).find();
            case null, default -> throw unusable("contains");
        };
    }

    private static @Nullable Object match(@Nullable Object input, List<?> arguments) {
        if (!(argument(arguments, 0) instanceof String text)) {
            return null;
        }
        if (!(argument(arguments, 1) instanceof Pattern pattern)) {
            throw unusable("match");
        }
        var found = Utils.createSequence();
        var matcher = matcher(pattern, text);
        int limit = limit(arguments, 2);
        while (found.size() < limit && find(matcher)) {
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put("match", matcher.group());
            one.put("index", matcher.start());
            one.put("groups", groups(matcher));
            found.add(one);
        }
        return found;
    }

    private static @Nullable Object split(@Nullable Object input, List<?> arguments) {
        if (!(argument(arguments, 0) instanceof String text)) {
            return null;
        }
        int limit = limit(arguments, 2);
        if (limit < 0) {
            throw new JException("$split takes no negative limit", -1);
        }
        var parts = new ArrayList<Object>();
        switch (argument(arguments, 1)) {
            case String separator
            when separator.isEmpty() ->
                text.codePoints().limit(limit).forEach(point -> parts.add(Character.toString(point)));
            case String separator -> {
                int from = 0;
                for (int i = text.indexOf(separator);
                        i >= 0 && parts.size() < limit;
                        i = text.indexOf(separator, from)) {
                    parts.add(text.substring(from, i));
                    from = i + separator.length();
                }
                addRest(parts, text.substring(from), limit);
            }
            case Pattern pattern -> {
                int from = 0;
                var matcher = matcher(pattern, text);
                while (parts.size() < limit && find(matcher)) {
                    parts.add(text.substring(from, matcher.start()));
                    from = matcher.end();
                }
                addRest(parts, text.substring(from), limit);
            }
            case null, default -> throw unusable("split");
        }
        return parts;
    }

    private static void addRest(List<Object> parts, String rest, int limit) {
        if (parts.size() < limit) {
            parts.add(rest);
        }
    }

    private static @Nullable Object replace(@Nullable Object input, List<?> arguments) throws Throwable {
        if (!(argument(arguments, 0) instanceof String text)) {
            return null;
        }
        var replacement = argument(arguments, 2);
        int limit = limit(arguments, 3);
        if (limit < 0) {
            throw new JException("$replace takes no negative limit", -1);
        }
        if (argument(arguments, 1) instanceof String plain) {
            if (plain.isEmpty()) {
                throw new JException("$replace cannot replace an empty text", -1);
            }
            var pattern = Pattern.compile(plain, Pattern.LITERAL);
            return replace(text, pattern, limit, matcher -> {
                if (replacement instanceof String s) {
                    return s;
                }
                throw unusable("replace");
            });
        }
        if (!(argument(arguments, 1) instanceof Pattern pattern)) {
            throw unusable("replace");
        }
        return replace(
                text,
                pattern,
                limit,
                matcher -> replacement instanceof String s ? expand(s, matcher) : call(replacement, matcher));
    }

    private interface Replacer {
        String replacement(Matcher matcher) throws Throwable;
    }

    private static String replace(String text, Pattern pattern, int limit, Replacer replacer) throws Throwable {
        var result = new StringBuilder();
        int from = 0;
        var matcher = matcher(pattern, text);
        for (int i = 0; i < limit && find(matcher); i++) {
            result.append(text, from, matcher.start()).append(replacer.replacement(matcher));
            from = matcher.end();
            budget().checkText(result.length());
            budget().checkTime();
        }
        return result.append(text, from, text.length()).toString();
    }

    private static String call(@Nullable Object function, Matcher matcher) throws Throwable {
        var match = new LinkedHashMap<String, @Nullable Object>();
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", groups(matcher));
        if (Functions.funcApply(function, List.of(match)) instanceof String s) {
            return s;
        }
        throw new JException("the function given to $replace must return a string", -1);
    }

    /** {@code $0} is the match, {@code $1} a group, {@code $$} a dollar. */
    private static String expand(String replacement, Matcher matcher) {
        if (replacement.indexOf('$') < 0) {
            return replacement;
        }
        var result = new StringBuilder();
        int digits = matcher.groupCount() < 10 ? 1 : 2;
        int i = 0;
        while (i < replacement.length()) {
            char c = replacement.charAt(i++);
            if (c != '$') {
                result.append(c);
                continue;
            }
            char next = i < replacement.length() ? replacement.charAt(i) : 0;
            if (next == '$') {
                result.append('$');
                i++;
            } else if (next == '0') {
                result.append(matcher.group());
                i++;
            } else if (next >= '1' && next <= '9') {
                int end = i + 1;
                if (digits == 2 && end < replacement.length() && Character.isDigit(replacement.charAt(end))) {
                    end++;
                }
                int group = Integer.parseInt(replacement.substring(i, end));
                if (end - i == 2 && group > matcher.groupCount()) {
                    group = next - '0';
                    end--;
                }
                var value = group <= matcher.groupCount() ? matcher.group(group) : null;
                result.append(value == null ? "" : value);
                i = end;
            } else {
                result.append('$');
            }
        }
        return result.toString();
    }

    private static @Nullable Object now(@Nullable Object input, List<?> arguments) {
        var picture = argument(arguments, 0) instanceof String s ? s : null;
        var zone = argument(arguments, 1) instanceof String s ? s : null;
        return Functions.dateTimeFromMillis(budget().startedAt(), picture, zone);
    }

    private static @Nullable Object toMillis(@Nullable Object input, List<?> arguments) throws Throwable {
        if (!(argument(arguments, 0) instanceof String text)) {
            return null;
        }
        var picture = argument(arguments, 1) instanceof String s ? s : null;
        if (picture != null && (picture.length() > 2 * MAX_PICTURE || text.length() > MAX_PICTURE)) {
            throw new JException("$toMillis takes times of at most " + MAX_PICTURE + " characters", -1);
        }
        return Functions.dateTimeToMillis(text, picture);
    }

    private static Matcher matcher(Pattern pattern, String text) {
        return pattern.matcher(new GuardedText(text, budget()));
    }

    private static boolean find(Matcher matcher) {
        boolean found = matcher.find();
        if (found && matcher.end() == matcher.start()) {
            throw new JException("the regular expression matches an empty text", -1);
        }
        return found;
    }

    private static List<@Nullable Object> groups(Matcher matcher) {
        var groups = new ArrayList<@Nullable Object>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        return groups;
    }

    private static JException unusable(String function) {
        return new JException("$" + function + " got an argument of the wrong type", -1);
    }
}
