/** The workflow file: dialect, validation, compilation, versions, publishing. */
@ApplicationModule(
        allowedDependencies = {"shared", "database", "organization", "identity", "plugin", "connector", "decision"})
@NullMarked
package dev.cadre.platform.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
