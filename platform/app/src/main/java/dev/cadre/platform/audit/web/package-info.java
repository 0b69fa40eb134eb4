/** The log over HTTP. */
@NullMarked
package dev.cadre.platform.audit.web;

import org.jspecify.annotations.NullMarked;
