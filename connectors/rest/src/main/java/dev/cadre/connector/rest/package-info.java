/** Any HTTP service with a JSON or text API. */
@NullMarked
package dev.cadre.connector.rest;

import org.jspecify.annotations.NullMarked;
