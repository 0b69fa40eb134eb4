/** What starts runs from outside: webhooks. */
@ApplicationModule(allowedDependencies = {"shared", "database", "identity", "plugin", "workflow", "run"})
@NullMarked
package dev.cadre.platform.trigger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
