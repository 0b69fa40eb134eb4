package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;

/** Who sees what of an organization's projects may have changed: members, or what belongs to a project. */
public record ProjectsChanged(OrganizationId organization) {}
