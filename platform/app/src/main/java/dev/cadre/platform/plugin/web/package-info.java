/** The step library and the plugins over HTTP. */
@NullMarked
package dev.cadre.platform.plugin.web;

import org.jspecify.annotations.NullMarked;
