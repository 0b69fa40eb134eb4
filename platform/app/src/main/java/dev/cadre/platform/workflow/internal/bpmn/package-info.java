/** The drawn file: reading it safely, checking it against the dialect, compiling it. */
@NullMarked
package dev.cadre.platform.workflow.internal.bpmn;

import org.jspecify.annotations.NullMarked;
