package dev.cadre.platform.audit.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Stands for a text in the chain. The text and its salt can be forgotten later, and the chain still holds; without the salt
 * nobody finds the text by trying.
 */
record Commitment(String text, byte[] salt, byte[] digest) {

    private static final int SALT = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Commitment to(String text) {
        var salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return new Commitment(text, salt, digest(salt, text));
    }

    static byte[] digest(byte[] salt, String text) {
        var sha = sha256();
        sha.update(salt);
        return sha.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
