/** Which path leads to which workflow, and how a request becomes a run's data. */
@NullMarked
package dev.cadre.platform.trigger.internal;

import org.jspecify.annotations.NullMarked;
