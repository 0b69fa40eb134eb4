/** Runs workflows durably: the engine, leases, the journal. */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "database",
            "secret",
            "cluster",
            "http",
            "organization",
            "identity",
            "plugin",
            "connector",
            "model",
            "workflow"
        })
@NullMarked
package dev.cadre.platform.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
