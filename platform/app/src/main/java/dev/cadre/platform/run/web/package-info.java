/** Runs over HTTP. */
@NullMarked
package dev.cadre.platform.run.web;

import org.jspecify.annotations.NullMarked;
