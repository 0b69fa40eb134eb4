/** Writing, sealing, verifying and forgetting of the log. */
@NullMarked
package dev.cadre.platform.audit.internal;

import org.jspecify.annotations.NullMarked;
