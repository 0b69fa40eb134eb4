package dev.cadre.connector.webhook;

/** What the name of an HTTP header may look like. */
final class Headers {

    static final String NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}";
    static final String WRONG = "must be the name of a header, such as X-Signature";

    private Headers() {}
}
