/** HTTP endpoints of the model gateway. */
@NullMarked
package dev.cadre.platform.model.web;

import org.jspecify.annotations.NullMarked;
