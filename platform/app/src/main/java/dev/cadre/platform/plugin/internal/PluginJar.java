package dev.cadre.platform.plugin.internal;

import java.nio.file.Path;
import java.util.List;

/**
 * What a jar says about itself, read without running anything of it.
 *
 * @param extensions class names, from the index that pf4j's annotation processor writes
 */
public record PluginJar(
        Path path,
        String id,
        String version,
        String requires,
        String title,
        String description,
        String provider,
        String license,
        List<String> extensions) {}
