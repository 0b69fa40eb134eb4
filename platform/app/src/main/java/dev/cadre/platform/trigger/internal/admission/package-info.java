/** Who may fire a webhook: addresses, web pages, credentials, signatures and their replays. */
@NullMarked
package dev.cadre.platform.trigger.internal.admission;

import org.jspecify.annotations.NullMarked;
