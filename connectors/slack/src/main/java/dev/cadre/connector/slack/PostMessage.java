package dev.cadre.connector.slack;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A message for a channel. */
public record PostMessage(
        @Field(label = "Channel", help = "An id such as C0123456789, or a name such as #support.") @NotBlank
        String channel,

        @Field(label = "Text", help = "Slack's mrkdwn is understood.", multiline = true) @NotBlank @Size(max = 40_000)
        String text) {

    /** Where Slack put a message; the timestamp names it. */
    public record Posted(String channel, String timestamp) {}
}
