/** Tools: steps that a plugin performs in Java. Changing it is a public API change. */
@NullMarked
package dev.cadre.spi.tool;

import org.jspecify.annotations.NullMarked;
