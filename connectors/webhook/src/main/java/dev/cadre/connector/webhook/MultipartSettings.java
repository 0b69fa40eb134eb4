package dev.cadre.connector.webhook;

import dev.cadre.spi.Field;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Bounds of multipart bodies; a body as a whole is bounded by the hub. */
record MultipartSettings(
        @Field(label = "Parts at most", defaultValue = "20") @Min(1) @Max(100)
        int maxParts,

        @Field(label = "Bytes of a file at most", defaultValue = "1000000") @Min(1)
        long maxFileSize) {}
