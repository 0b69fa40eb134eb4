/** Connections over HTTP. */
@NullMarked
package dev.cadre.platform.connector.web;

import org.jspecify.annotations.NullMarked;
