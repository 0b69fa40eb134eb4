/** When the trigger {@code schedule} fires, what is armed, and the clock that fires it. */
@NullMarked
package dev.cadre.platform.trigger.internal.schedule;

import org.jspecify.annotations.NullMarked;
