/** How many requests a minute are answered. */
@NullMarked
package dev.cadre.platform.identity.internal.limit;

import org.jspecify.annotations.NullMarked;
