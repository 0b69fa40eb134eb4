/** Templates that a workflow can start from. */
@ApplicationModule(allowedDependencies = {"shared", "database", "identity", "workflow"})
@NullMarked
package dev.cadre.platform.marketplace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
