/** Webhooks over HTTP, and what is armed. */
@NullMarked
package dev.cadre.platform.trigger.web;

import org.jspecify.annotations.NullMarked;
