/** Which nodes share the database, which of them live, and what they say to each other. */
@ApplicationModule(allowedDependencies = {"shared", "database", "secret"})
@NullMarked
package dev.cadre.platform.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
