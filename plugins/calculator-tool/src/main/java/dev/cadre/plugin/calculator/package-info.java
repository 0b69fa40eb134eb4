/** Arithmetic written as text. */
@NullMarked
package dev.cadre.plugin.calculator;

import org.jspecify.annotations.NullMarked;
