/** The only way out: the egress guard and the HTTP client behind it. */
@ApplicationModule(allowedDependencies = {"shared"})
@NullMarked
package dev.cadre.platform.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
