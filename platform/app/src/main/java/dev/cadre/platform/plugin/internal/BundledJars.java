package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.PluginSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Unpacks the plugin jars that the hub carries, since a class loader needs files. */
@Component
public class BundledJars {

    private final Path folder;

    BundledJars(PluginSettings settings) {
        this.folder = settings.bundled();
    }

    /** The unpacked jars in the order of their names; jars of an older hub are removed. */
    public List<Path> unpack() {
        try {
            Files.createDirectories(folder);
            var kept = new HashSet<Path>();
            for (var resource : new PathMatchingResourcePatternResolver(BundledJars.class.getClassLoader())
                    .getResources("classpath*:bundled-plugins/**/*.jar")) {
                kept.add(unpack(resource));
            }
            for (var file : jars(folder)) {
                if (!kept.contains(file)) {
                    Files.delete(file);
                }
            }
            return kept.stream().sorted().toList();
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The bundled plugins can't be unpacked to " + folder, unwritable);
        }
    }

    private Path unpack(Resource resource) throws IOException {
        var target = folder.resolve(Objects.requireNonNull(resource.getFilename()));
        var bytes = resource.getContentAsByteArray();
        if (!Files.exists(target) || !Arrays.equals(bytes, Files.readAllBytes(target))) {
            var part = Files.createTempFile(folder, "unpack", ".part");
            Files.write(part, bytes);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    /** The jars of a folder in the order of their names; none when there is no such folder. */
    public static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
