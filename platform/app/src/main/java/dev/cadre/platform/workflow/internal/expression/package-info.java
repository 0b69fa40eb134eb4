/** JSONata, bounded: scanning, compiling and evaluating the expressions of workflow files. */
@NullMarked
package dev.cadre.platform.workflow.internal.expression;

import org.jspecify.annotations.NullMarked;
