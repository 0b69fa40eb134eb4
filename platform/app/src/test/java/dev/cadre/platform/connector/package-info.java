/** Connections over real HTTP, and connectors that the tests bring. */
@NullMarked
package dev.cadre.platform.connector;

import org.jspecify.annotations.NullMarked;
