/** Starts runs by HTTP requests and answers the caller. */
@NullMarked
package dev.cadre.connector.webhook;

import org.jspecify.annotations.NullMarked;
