package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;

/** An organization asks something else of those who work in it than before. */
public record SecurityRulesChanged(OrganizationId organization) {}
