/** Load scenarios against a real hub; docs/benchmarks.md says how to run them. */
@NullMarked
package dev.cadre.benchmarks;

import org.jspecify.annotations.NullMarked;
