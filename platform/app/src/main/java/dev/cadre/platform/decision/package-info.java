/** Decision tables: reads DMN, checks it, and says which rules match. Executes nothing, fetches nothing. */
@ApplicationModule(allowedDependencies = {"shared", "plugin"})
@NullMarked
package dev.cadre.platform.decision;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
