/** The outbox table, and the way from it to the mail server. */
@NullMarked
package dev.cadre.platform.mail.internal;

import org.jspecify.annotations.NullMarked;
