/** The tables of workflows, their revisions and versions. */
@NullMarked
package dev.cadre.platform.workflow.internal.storage;

import org.jspecify.annotations.NullMarked;
