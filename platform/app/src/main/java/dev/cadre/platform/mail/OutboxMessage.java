package dev.cadre.platform.mail;

import java.time.Instant;
import java.util.UUID;

/** A message that waits for a mail server, or for somebody to read it here. */
public record OutboxMessage(UUID id, String to, String subject, String text, Instant createdAt) {}
