package dev.cadre.connector.gmail;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A search as in Gmail's search box. */
public record SearchMail(
        @Field(label = "Search", help = "As in Gmail: from:ann@example.com is:unread newer_than:2d") @Size(max = 2000)
        String query,

        @Field(label = "At most", defaultValue = "20") @Min(1) @Max(500)
        int limit,

        @Field(label = "Page", help = "The next page of an earlier search.", advanced = true) @Nullable
        String page) {

    /** What was found, newest first; read a message by its id. */
    public record Found(List<Hit> messages, @Nullable String nextPage) {}

    /** A message that was found. */
    public record Hit(String messageId, String threadId) {}
}
