package dev.cadre.platform;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Stops the hub when the process that started it ends. {@code ./mvnw -Prun} asks for it, since Maven leaves the hub
 * behind when it is stopped by a signal.
 */
@Component
@ConditionalOnProperty("cadre.stop-with-parent")
class ParentWatch {

    @EventListener
    void on(ApplicationReadyEvent ready) {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> parent.onExit()
                        .thenRun(() -> System.exit(SpringApplication.exit(ready.getApplicationContext()))));
    }
}
