/** Triggers: what starts a run. Changing it is a public API change. */
@NullMarked
package dev.cadre.spi.trigger;

import org.jspecify.annotations.NullMarked;
