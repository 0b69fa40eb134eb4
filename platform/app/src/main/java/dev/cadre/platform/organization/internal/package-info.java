/** How organizations are erased. */
@NullMarked
package dev.cadre.platform.organization.internal;

import org.jspecify.annotations.NullMarked;
