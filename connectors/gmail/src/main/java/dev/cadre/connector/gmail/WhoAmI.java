package dev.cadre.connector.gmail;

/** Asks whose mailbox this is. */
public record WhoAmI() {

    /** The mailbox's address. */
    public record Mailbox(String emailAddress) {}
}
