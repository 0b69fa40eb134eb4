package dev.cadre.platform.run;

import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;

/** The task that a run was started by and whose result it is. */
public record ParentStep(RunId run, TaskId task) {}
