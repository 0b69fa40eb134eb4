/** Agents: pure functions from a conversation to the next move. Changing it is a public API change. */
@NullMarked
package dev.cadre.spi.agent;

import org.jspecify.annotations.NullMarked;
