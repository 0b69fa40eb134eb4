/** How identity works inside: tokens, sessions, passwords, security filters. */
@NullMarked
package dev.cadre.platform.identity.internal;

import org.jspecify.annotations.NullMarked;
