/** Calls any HTTP API through the egress guard of the hub. */
@NullMarked
package dev.cadre.plugin.httprequest;

import org.jspecify.annotations.NullMarked;
