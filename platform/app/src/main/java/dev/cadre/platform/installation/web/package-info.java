/** The installation over HTTP. */
@NullMarked
package dev.cadre.platform.installation.web;

import org.jspecify.annotations.NullMarked;
