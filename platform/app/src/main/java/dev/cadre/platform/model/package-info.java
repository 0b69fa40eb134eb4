/** The gateway to language models: providers, prices, limits, the offline demo model. */
@ApplicationModule(allowedDependencies = {"shared", "database", "http", "identity"})
@NullMarked
package dev.cadre.platform.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
