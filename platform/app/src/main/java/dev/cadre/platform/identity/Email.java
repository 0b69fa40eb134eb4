package dev.cadre.platform.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/** Brings e-mail addresses into the one form that accounts are found by. */
public final class Email {

    private static final int MAX_LENGTH = 254;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private Email() {}

    public static String normalize(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    public static boolean isValid(String normalized) {
        return normalized.length() <= MAX_LENGTH && VALID.matcher(normalized).matches();
    }
}
