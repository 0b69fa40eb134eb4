package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;

/** A company, or a part of one, that everything in the hub belongs to. */
public record Organization(OrganizationId id, String name, long revision, Instant createdAt) {}
