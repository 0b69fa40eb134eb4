/** The log of who did what: listens, keeps it so that nobody can change it unseen, shows it. Nobody calls it. */
@ApplicationModule(allowedDependencies = {"shared", "database", "secret", "organization", "identity"})
@NullMarked
package dev.cadre.platform.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
