@NullMarked
package dev.cadre.platform.decision.internal.feel;

import org.jspecify.annotations.NullMarked;
