package dev.cadre.platform.mail;

/** A message was put into the outbox. */
public record MailWritten() {}
