/** Keys of organizations. */
@NullMarked
package dev.cadre.platform.secret.internal;

import org.jspecify.annotations.NullMarked;
