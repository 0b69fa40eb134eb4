package dev.cadre.connector.slack;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A message for the thread below another message. */
public record ReplyInThread(
        @Field(label = "Channel", help = "The channel's id, as the posted message gave it.") @NotBlank
        String channel,

        @Field(label = "Thread", help = "The timestamp of the message to reply to.") @NotBlank
        String threadTimestamp,

        @Field(label = "Text", help = "Slack's mrkdwn is understood.", multiline = true) @NotBlank @Size(max = 40_000)
        String text,

        @Field(label = "Show in the channel too", defaultValue = "false")
        boolean broadcast) {}
