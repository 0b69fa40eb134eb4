package dev.cadre.platform.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/** Brings e-mail addresses into the one form that accounts are found by. */
public final class Email {

    /** What accounts of programs have in place of an address: nobody reads mail there (RFC 2606), and no person signs up so. */
    public static final String NOBODYS = "@service-account.invalid";

    private static final int MAX_LENGTH = 254;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private Email() {}

    public static String normalize(String email) {
        var text = email.strip();
        // Unicode has letters that become ASCII in lower case (the Kelvin sign): they stay what they are and are
        // refused
        return text.chars().allMatch(letter -> letter < 128) ? text.toLowerCase(Locale.ROOT) : text;
    }

    public static boolean isValid(String normalized) {
        return normalized.length() <= MAX_LENGTH
                && !normalized.endsWith(NOBODYS)
                && VALID.matcher(normalized).matches();
    }
}
