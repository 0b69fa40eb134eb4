/** API keys and the service accounts that have nothing else. */
@NullMarked
package dev.cadre.platform.identity.internal.key;

import org.jspecify.annotations.NullMarked;
