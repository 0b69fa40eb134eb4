@NullMarked
package dev.cadre.platform.decision.internal.dmn;

import org.jspecify.annotations.NullMarked;
