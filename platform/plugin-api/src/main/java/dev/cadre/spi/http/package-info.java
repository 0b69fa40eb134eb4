/** The guarded HTTP client that the platform lends to a step. Changing it is a public API change. */
@NullMarked
package dev.cadre.spi.http;

import org.jspecify.annotations.NullMarked;
