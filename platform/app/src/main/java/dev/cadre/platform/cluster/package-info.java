/** Which nodes are alive; a node proves its life by a lock that dies with it. */
@ApplicationModule(allowedDependencies = {"shared", "database"})
@NullMarked
package dev.cadre.platform.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
