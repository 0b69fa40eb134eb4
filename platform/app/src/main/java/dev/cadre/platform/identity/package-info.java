/** Who is calling: accounts, sign-in, sessions, tokens and what a role may do. */
@ApplicationModule(allowedDependencies = {"shared", "database", "secret", "http", "cluster", "organization", "mail"})
@NullMarked
package dev.cadre.platform.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
