/** Moves runs to another version of their workflow: what maps where, and whether nothing is lost. */
@NullMarked
package dev.cadre.platform.run.internal.migration;

import org.jspecify.annotations.NullMarked;
