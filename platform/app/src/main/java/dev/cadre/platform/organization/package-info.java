/** Organizations and who belongs to them in which role. */
@ApplicationModule(allowedDependencies = {"shared", "database", "secret"})
@NullMarked
package dev.cadre.platform.organization;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
