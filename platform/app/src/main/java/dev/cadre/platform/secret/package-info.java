/** Encrypts what must never be read: master key, envelopes. */
@ApplicationModule(allowedDependencies = {"shared", "database"})
@NullMarked
package dev.cadre.platform.secret;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
