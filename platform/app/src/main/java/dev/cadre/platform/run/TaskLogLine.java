package dev.cadre.platform.run;

import java.time.Instant;

/** One line of a task's log; {@code level} is {@code info} or {@code warn}. */
public record TaskLogLine(Instant at, String level, String message) {}
