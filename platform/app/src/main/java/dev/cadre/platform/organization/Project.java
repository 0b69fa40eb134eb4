package dev.cadre.platform.organization;

import dev.cadre.platform.shared.ProjectId;
import java.time.Instant;

/** A part of an organization: what belongs to it is seen by its members, and by those who see all projects. */
public record Project(ProjectId id, String name, String description, int members, long revision, Instant createdAt) {}
