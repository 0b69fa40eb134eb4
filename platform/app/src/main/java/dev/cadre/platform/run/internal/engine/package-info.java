/** Flowable, locked down and lean: compiled definitions in, transitions out. */
@NullMarked
package dev.cadre.platform.run.internal.engine;

import org.jspecify.annotations.NullMarked;
