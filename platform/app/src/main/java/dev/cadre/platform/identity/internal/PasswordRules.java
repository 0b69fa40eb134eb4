package dev.cadre.platform.identity.internal;

import com.nulabinc.zxcvbn.Zxcvbn;
import dev.cadre.platform.shared.CadreException.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Which passwords are good enough. They are measured against lists of leaked passwords, names and words that are part of
 * the hub: no password and no part of one is ever sent anywhere.
 */
@Component
class PasswordRules {

    static final int LEAST = 10;
    private static final int MOST = 200;

    /** 0 to 4: below 2 less than a million guesses are enough. */
    private static final int LEAST_SCORE = 2;

    /** Measuring takes the longer the longer a password is; this much of it is enough. */
    private static final int MEASURED = 64;

    private static final String PRODUCT = "cadre";
    private static final int SHORTEST_WORD = 3;
    private static final String NO_LETTERS = "[^\\p{L}\\p{N}]+";

    private final Zxcvbn measure = new Zxcvbn();

    Optional<Violation> check(String pointer, String password, List<String> about) {
        int length = password.codePointCount(0, password.length());
        if (length < LEAST || password.length() > MOST) {
            return Optional.of(new Violation(pointer, "Must have " + LEAST + " to " + MOST + " characters."));
        }
        var measured = password.length() > MEASURED ? password.substring(0, MEASURED) : password;
        if (measure.measure(measured, words(about)).getScore() < LEAST_SCORE) {
            return Optional.of(new Violation(
                    pointer,
                    "Is too easy to guess: it is, or is close to, a common or leaked password. Use several"
                            + " unrelated words."));
        }
        return Optional.empty();
    }

    /** What everybody knows of somebody makes no password, nor do its parts or the name of what it opens. */
    private static List<String> words(List<String> about) {
        return Stream.concat(about.stream().flatMap(PasswordRules::parts), Stream.of(PRODUCT))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .distinct()
                .toList();
    }

    private static Stream<String> parts(String known) {
        var parts = known.split(NO_LETTERS);
        return Stream.concat(Stream.of(known, String.join("", parts)), Stream.of(parts));
    }
}
