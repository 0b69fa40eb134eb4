package dev.cadre.connector.slack;

/** Asks Slack whose token this is. */
public record WhoAmI() {

    /** The workspace and the bot. */
    public record Identity(String team, String user, String url) {}
}
