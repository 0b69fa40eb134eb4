package dev.cadre.platform.identity.internal;

import org.springframework.http.MediaType;

/** How people get what is kept of them. */
public enum ArchiveFormat {
    /** One document with all kinds. */
    JSON(MediaType.APPLICATION_JSON),
    /** A file for each kind, and one that says what they are. */
    ZIP(new MediaType("application", "zip"));

    private final MediaType type;

    ArchiveFormat(MediaType type) {
        this.type = type;
    }

    public MediaType type() {
        return type;
    }

    public String fileName() {
        return "my-data." + type.getSubtype();
    }
}
