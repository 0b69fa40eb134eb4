package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.UserId;
import java.time.Instant;

/** A published version and the saved revision that it stands for. */
public record WorkflowVersion(int version, int revision, Instant publishedAt, UserId publishedBy) {}
