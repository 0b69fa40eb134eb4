package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;

/**
 * The rows of an organization are about to be deleted, table by table. Who keeps something of it elsewhere deletes that now;
 * who can't yet throws, and is asked again later.
 */
public record OrganizationErasing(OrganizationId organization) {}
