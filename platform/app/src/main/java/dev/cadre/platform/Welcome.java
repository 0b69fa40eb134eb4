package dev.cadre.platform;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says on the terminal that the hub is ready and what to do next. */
@Component
class Welcome {

    private final String address;
    private final String home;

    Welcome(@Value("${cadre.public-url}") String address, @Value("${cadre.home}") String home) {
        this.address = address;
        this.home = home;
    }

    @EventListener
    void on(ApplicationReadyEvent ready) {
        var seconds = ready.getTimeTaken() == null ? 0 : ready.getTimeTaken().toMillis() / 1000.0;
        System.out.printf(
                """

                Cadre is ready after %.1f s:  %s
                  1. Open it in a browser and create your account; your organization comes with it.
                  2. Pick a template, run it, change it, publish it. No model key is needed for a start.
                Data is kept in %s. Stop with Ctrl+C.

                """,
                seconds, address, java.nio.file.Path.of(home).toAbsolutePath().normalize());
    }
}
