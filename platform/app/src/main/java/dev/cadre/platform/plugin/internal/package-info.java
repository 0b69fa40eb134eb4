/** Loading of jars and what becomes of their extensions. */
@NullMarked
package dev.cadre.platform.plugin.internal;

import org.jspecify.annotations.NullMarked;
