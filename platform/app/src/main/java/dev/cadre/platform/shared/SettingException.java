package dev.cadre.platform.shared;

/** A setting keeps the hub from starting: the message is the one sentence that the operator reads. */
public class SettingException extends RuntimeException {

    public SettingException(String sentence) {
        super(sentence);
    }

    public SettingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
