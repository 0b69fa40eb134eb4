/** Reads the templates that the hub carries. */
@NullMarked
package dev.cadre.platform.marketplace.internal;

import org.jspecify.annotations.NullMarked;
