/** The WebSocket of every web client, and what is sent over it. */
@NullMarked
package dev.cadre.platform.live.internal;

import org.jspecify.annotations.NullMarked;
