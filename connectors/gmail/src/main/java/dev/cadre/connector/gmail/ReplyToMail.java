package dev.cadre.connector.gmail;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** An answer to a message, in its conversation. */
public record ReplyToMail(
        @Field(label = "Message", help = "Id of the message to reply to.") @NotBlank
        String messageId,

        @Field(label = "Text", multiline = true) @Size(max = 1_000_000)
        String text,

        @Field(label = "Text is HTML", defaultValue = "false")
        boolean html) {}
