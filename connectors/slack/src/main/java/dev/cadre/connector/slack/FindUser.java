package dev.cadre.connector.slack;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/** Somebody in the workspace, by e-mail address. */
public record FindUser(
        @Field(label = "E-mail address") @NotBlank @Email String email) {

    /** A member of the workspace; the id mentions them as {@code <@id>}. */
    public record Member(
            String id,
            String name,
            @Nullable String realName,
            @Nullable String timeZone,
            boolean bot) {}
}
