/** Tells web clients at once what changed in their organization's runs. */
@ApplicationModule(
        allowedDependencies = {"shared", "cluster", "organization", "identity", "workflow", "run", "trigger"})
@NullMarked
package dev.cadre.platform.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
