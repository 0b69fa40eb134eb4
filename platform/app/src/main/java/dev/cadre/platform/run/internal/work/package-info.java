/** Performs durable steps on virtual threads and carries their results back into the engine. */
@NullMarked
package dev.cadre.platform.run.internal.work;

import org.jspecify.annotations.NullMarked;
