package dev.cadre.platform.marketplace;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Gives the webhook of a template a path of its own, as {@code orders-k3v9x2m4tq}: a template is used more than once and
 * by more than one organization, and a path belongs to one workflow of the whole hub.
 */
final class OwnPath {

    private static final Pattern WEBHOOK_PATH =
            Pattern.compile("(<cadre:trigger\\s+use=\"webhook\">[^<]*\"path\"\\s*:\\s*\"[^\"]+)\"");

    /** Without letters that are mistaken for others when a path is read aloud or copied by hand. */
    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

    private static final int LENGTH = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private OwnPath() {}

    /** The file with {@code -} and 10 random letters behind the path of each webhook. */
    static String in(String bpmnXml) {
        return WEBHOOK_PATH.matcher(bpmnXml).replaceAll(found -> "$1-" + letters() + "\"");
    }

    private static String letters() {
        return RANDOM.ints(LENGTH, 0, LETTERS.length())
                .map(LETTERS::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
