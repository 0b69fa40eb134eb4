/** An agent that follows instructions: a model, tools, bounded turns. */
@NullMarked
package dev.cadre.plugin.assistant;

import org.jspecify.annotations.NullMarked;
