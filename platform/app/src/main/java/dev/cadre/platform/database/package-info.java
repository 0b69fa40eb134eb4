/** The PostgreSQL that the hub stands on: embedded or the operator's own, and the bound on its use. */
@ApplicationModule(allowedDependencies = {"shared"})
@NullMarked
package dev.cadre.platform.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
