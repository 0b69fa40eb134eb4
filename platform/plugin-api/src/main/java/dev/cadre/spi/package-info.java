/** What every plugin jar shares: failures, secrets, form labels and the context of a step. Changing it is a public API change. */
@NullMarked
package dev.cadre.spi;

import org.jspecify.annotations.NullMarked;
