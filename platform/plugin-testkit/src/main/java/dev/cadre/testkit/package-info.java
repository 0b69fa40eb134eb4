/** Harnesses and contract tests for the authors of plugins and connectors. */
@NullMarked
package dev.cadre.testkit;

import org.jspecify.annotations.NullMarked;
