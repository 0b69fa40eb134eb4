/** The hub: one package below for each room. */
@NullMarked
package dev.cadre.platform;

import org.jspecify.annotations.NullMarked;
