package dev.cadre.connector.webhook;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.Pattern;

/** Where an API key stands. */
record ApiKeySettings(
        @Field(label = "Header", defaultValue = "X-API-Key") @Pattern(regexp = Headers.NAME, message = Headers.WRONG)
        String header) {}
