/** Mail to people: written with what causes it, sent after it, kept in an outbox where there is no mail server. */
@ApplicationModule(allowedDependencies = {"shared", "database", "secret"})
@NullMarked
package dev.cadre.platform.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
