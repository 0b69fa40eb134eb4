/** Loads plugin jars and knows every step type that they offer. */
@ApplicationModule(allowedDependencies = {"shared", "database", "secret", "cluster", "http", "identity"})
@NullMarked
package dev.cadre.platform.plugin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
