/** The record of every run: its rows, its state in memory and the one place that writes transitions. */
@NullMarked
package dev.cadre.platform.run.internal.journal;

import org.jspecify.annotations.NullMarked;
