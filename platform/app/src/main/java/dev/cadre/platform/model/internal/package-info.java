/** How the gateway speaks to each provider. */
@NullMarked
package dev.cadre.platform.model.internal;

import org.jspecify.annotations.NullMarked;
