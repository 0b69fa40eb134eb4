/** Slack, with a bot token. Its API: https://docs.slack.dev/reference/methods */
@NullMarked
package dev.cadre.connector.slack;

import org.jspecify.annotations.NullMarked;
