/** Runs connectors' Camel routes and keeps the connections that they need. */
@ApplicationModule(allowedDependencies = {"shared", "database", "secret", "http", "organization", "identity", "plugin"})
@NullMarked
package dev.cadre.platform.connector;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
