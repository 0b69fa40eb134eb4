package dev.cadre.connector.gmail;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A new e-mail. */
public record SendMail(
        @Field(label = "To", help = "Addresses, separated by commas.") @NotBlank @Size(max = 10_000)
        String to,

        @Field(label = "Cc") @Nullable @Size(max = 10_000) String cc,

        @Field(label = "Bcc") @Nullable @Size(max = 10_000) String bcc,

        @Field(label = "Subject") @Size(max = 998) String subject,

        @Field(label = "Text", multiline = true) @Size(max = 1_000_000)
        String text,

        @Field(label = "Text is HTML", defaultValue = "false")
        boolean html) {

    /** The sent message and the conversation it belongs to. */
    public record Sent(String messageId, String threadId) {}
}
