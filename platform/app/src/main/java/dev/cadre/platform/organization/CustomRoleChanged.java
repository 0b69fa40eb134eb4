package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;
import java.util.UUID;

/** A role of an organization gives other permissions, has another name or is gone. */
public record CustomRoleChanged(OrganizationId organization, UUID role) {}
