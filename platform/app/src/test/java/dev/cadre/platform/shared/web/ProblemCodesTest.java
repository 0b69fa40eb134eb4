package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProblemCodesTest {

    private static final Pattern CODE =
            Pattern.compile("(?:Kind|HttpStatus)\\.[A-Z_]+,\\s*\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\"");

    @Test
    void everyCodeIsExplained() throws IOException {
        var explained = Files.readString(Path.of("../../docs/problems/README.md"));
        var codes = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(path -> path.toString().endsWith(".java"))
                    .forEach(path -> CODE.matcher(read(path)).results().forEach(match -> codes.add(match.group(1))));
        }

        assertThat(codes).hasSizeGreaterThan(10);
        assertThat(codes)
                .as("codes that docs/problems/README.md must explain")
                .allSatisfy(code -> assertThat(explained).contains("| `" + code + "` |"));
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
