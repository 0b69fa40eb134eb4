package dev.cadre.platform.shared.web;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 for clients that send at a human pace at least. Tomcat's own timeout starts anew with every byte, so that a client
 * which sends one now and then would hold a connection, or a thread, for good.
 */
public final class PacedProtocol extends Http11NioProtocol {

    /**
     * What a client must keep to.
     *
     * @param head the time to send the head of a request in
     * @param body the time that the hub waits for a body, beside what {@code rate} gives
     * @param rate bytes for each further second
     */
    record Pace(Duration head, Duration body, long rate) {}

    private volatile Pace pace = new Pace(Duration.ofSeconds(20), Duration.ofSeconds(20), 8 << 10);

    /** Tomcat makes it by its name. */
    public PacedProtocol() {}

    void keepTo(Pace wanted) {
        pace = wanted;
    }

    Pace pace() {
        return pace;
    }

    @Override
    protected Processor createProcessor() {
        return new PacedProcessor(this, getAdapter());
    }
}
