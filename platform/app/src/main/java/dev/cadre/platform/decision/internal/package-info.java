/** What makes a table of a file: reading, checking, compiling. */
@NullMarked
package dev.cadre.platform.decision.internal;

import org.jspecify.annotations.NullMarked;
