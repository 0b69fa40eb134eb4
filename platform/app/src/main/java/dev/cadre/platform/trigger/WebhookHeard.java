package dev.cadre.platform.trigger;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;

/** Somebody listened to a draft's webhook, and a request came. */
public record WebhookHeard(OrganizationId organization, WorkflowId workflow, RunId run, Instant at) {}
