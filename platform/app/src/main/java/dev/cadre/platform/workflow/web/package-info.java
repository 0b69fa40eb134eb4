/** Workflows over HTTP. */
@NullMarked
package dev.cadre.platform.workflow.web;

import org.jspecify.annotations.NullMarked;
