package dev.cadre.spi.trigger;

import java.util.Set;

/**
 * A trigger that is fired by HTTP requests under {@code /hooks/}.
 *
 * @since 0.1
 */
public interface HttpTrigger<S extends Record> extends Trigger<S> {

    Binding binding(S settings);

    /**
     * Where to listen and how to answer.
     *
     * @param path without leading slash, as {@code orders} or {@code crm/contacts}
     * @param methods upper case; empty for any
     * @param admission whose requests count
     * @param body what the workflow sees of a request's body
     */
    record Binding(String path, Set<String> methods, Respond respond, Admission admission, BodyRules body) {

        /** Everybody may call, and the content type says what a body is. */
        public Binding(String path, Set<String> methods, Respond respond) {
            this(path, methods, respond, Admission.OPEN, BodyRules.AUTO);
        }
    }

    /** When and with what the caller is answered. */
    enum Respond {
        IMMEDIATELY,
        LAST_STEP,
        RESPOND_STEP
    }
}
