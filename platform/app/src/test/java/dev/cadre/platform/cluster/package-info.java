/** Nodes of one installation. */
@NullMarked
package dev.cadre.platform.cluster;

import org.jspecify.annotations.NullMarked;
