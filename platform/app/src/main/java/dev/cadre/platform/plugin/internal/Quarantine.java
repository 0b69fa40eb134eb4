package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.PluginSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Where an uploaded file stays until it is known to be a plugin. */
@Component
public class Quarantine {

    private final Path folder;

    Quarantine(PluginSettings settings) {
        this.folder = settings.quarantine();
    }

    /** A file in quarantine; closing it deletes it unless it was released. */
    public record Received(Path path) implements AutoCloseable {

        /** Moves the file to where plugins are loaded from. */
        public Path release(Path target, String name) {
            try {
                Files.createDirectories(target);
                return Files.move(path, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException unwritable) {
                throw new UncheckedIOException("The plugin can't be saved to " + target, unwritable);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(path);
            } catch (IOException unwritable) {
                throw new UncheckedIOException("The uploaded file can't be deleted: " + path, unwritable);
            }
        }
    }

    /** Throws {@link PluginException} when the file is too large. */
    public Received receive(InputStream upload) {
        try {
            Files.createDirectories(folder);
            var received = new Received(Files.createTempFile(folder, "upload", ".jar"));
            try (var file = Files.newOutputStream(received.path())) {
                var buffer = new byte[64 << 10];
                long size = 0;
                for (int count = upload.read(buffer); count >= 0; count = upload.read(buffer)) {
                    size += count;
                    if (size > PluginSettings.LARGEST_JAR) {
                        received.close();
                        throw PluginException.tooLarge(PluginSettings.LARGEST_JAR);
                    }
                    file.write(buffer, 0, count);
                }
            }
            return received;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The uploaded file can't be kept in " + folder, unwritable);
        }
    }

    /** Removes what a hub that was killed left behind. */
    public void empty() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The quarantine can't be emptied: " + folder, unwritable);
        }
    }
}
