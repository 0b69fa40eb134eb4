package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;

/** An owner has asked for an organization's deletion, or has taken that back: what runs by itself stops, or may go on. */
public record DeletionChanged(OrganizationId organization, boolean requested) {}
