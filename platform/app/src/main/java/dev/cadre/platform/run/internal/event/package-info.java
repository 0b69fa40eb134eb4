/** Messages and signals: who waits for them, and how they are told. */
@NullMarked
package dev.cadre.platform.run.internal.event;

import org.jspecify.annotations.NullMarked;
