/** What administrators see of the installation as a whole: its nodes. */
@ApplicationModule(allowedDependencies = {"shared", "cluster", "secret", "identity"})
@NullMarked
package dev.cadre.platform.installation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
