package dev.cadre.connector.gmail;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message with its text. */
public record ReadMail(
        @Field(label = "Message", help = "Its id.") @NotBlank
        String messageId) {

    /** A message as it was received. */
    public record Mail(
            String messageId,
            String threadId,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cc,
            @Nullable String subject,
            @Nullable String date,
            String snippet,
            @Nullable String text,
            @Nullable String html,
            List<String> labels,
            List<Attachment> attachments) {}

    /** What is attached, without its content. */
    public record Attachment(String name, String type, int size) {}
}
