/** Camel, the stored connections and OAuth. */
@NullMarked
package dev.cadre.platform.connector.internal;

import org.jspecify.annotations.NullMarked;
