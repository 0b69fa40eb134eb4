package dev.cadre.platform.connector.internal;

import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a connection's secrets out of what a service says of a failure: some give back what they were sent. As they are, and
 * encoded as credentials are sent.
 */
final class HiddenSecrets {

    static final HiddenSecrets NONE = new HiddenSecrets(List.of());

    private static final String HIDDEN = "(hidden)";

    /** Shorter ones would take whole words out of every sentence. */
    private static final int SHORTEST = 4;

    private static final int ENCODED_SHORTEST = 8;

    private final List<String> forms;

    private HiddenSecrets(List<String> forms) {
        this.forms = forms;
    }

    static HiddenSecrets of(Collection<String> secrets) {
        var forms = new ArrayList<String>();
        for (var secret : secrets) {
            if (secret.length() >= SHORTEST) {
                forms.add(secret);
                encoded(secret, forms);
            }
        }
        forms.sort(Comparator.comparingInt(String::length).reversed());
        return new HiddenSecrets(List.copyOf(forms));
    }

    /** What is surely of the secret, at each of the three places where it may begin in a text in base64. */
    private static void encoded(String secret, List<String> forms) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int shift = 0; shift < 3; shift++) {
            var all = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, all, shift, bytes.length);
            var text = Base64.getEncoder().withoutPadding().encodeToString(all);
            int begin = shift == 0 ? 0 : shift + 1;
            int end = all.length % 3 == 0 ? text.length() : text.length() - 1;
            if (end - begin >= ENCODED_SHORTEST) {
                forms.add(text.substring(begin, end));
                forms.add(text.substring(begin, end).replace('+', '-').replace('/', '_'));
            }
        }
    }

    String in(String text) {
        var hidden = text;
        for (var form : forms) {
            hidden = hidden.replace(form, HIDDEN);
        }
        return hidden;
    }

    /** The same failure without them. Its cause may hold them too: it is left out then. */
    StepException in(StepException failure) {
        var before = String.valueOf(failure.getMessage());
        var after = in(before);
        if (after.equals(before) && in(trace(failure.getCause())).equals(trace(failure.getCause()))) {
            return failure;
        }
        return switch (failure) {
            case Retryable it -> new Retryable(it.code(), after, it.retryAfter());
            case Rejected it -> new Rejected(it.code(), after);
        };
    }

    boolean areIn(@Nullable Throwable failure) {
        var text = trace(failure);
        return !in(text).equals(text);
    }

    private static String trace(@Nullable Throwable failure) {
        var text = new StringBuilder();
        for (var it = failure; it != null && text.length() < 100_000; it = it.getCause()) {
            text.append(it).append('\n');
        }
        return text.toString();
    }
}
