/** What starts runs from outside: webhooks and schedules. */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "database",
            "organization",
            "identity",
            "plugin",
            "connector",
            "workflow",
            "run"
        })
@NullMarked
package dev.cadre.platform.trigger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
