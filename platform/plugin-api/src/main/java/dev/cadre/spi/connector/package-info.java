/** Connectors: an outside system reached by Camel routes. Changing it is a public API change. */
@NullMarked
package dev.cadre.spi.connector;

import org.jspecify.annotations.NullMarked;
