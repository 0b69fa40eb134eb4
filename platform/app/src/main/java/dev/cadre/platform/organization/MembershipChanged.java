package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;

/** A user got another role in an organization, joined it or left it. */
public record MembershipChanged(OrganizationId organization, UserId user) {}
