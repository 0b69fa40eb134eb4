/** Waits, without holding a thread. */
@NullMarked
package dev.cadre.plugin.delay;

import org.jspecify.annotations.NullMarked;
