/** Builds JSON out of expressions. */
@NullMarked
package dev.cadre.plugin.transform;

import org.jspecify.annotations.NullMarked;
