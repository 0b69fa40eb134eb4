/** Templates over HTTP. */
@NullMarked
package dev.cadre.platform.marketplace.web;

import org.jspecify.annotations.NullMarked;
