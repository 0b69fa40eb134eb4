package dev.cadre.connector.rest;

/** Asks for the base URL itself. */
public record Probe() {

    /** The service is there and does not refuse the credentials. */
    public record Reached(int status) {}
}
