package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security-asvs.md} leaves no requirement out and names no test that does not exist. */
class AsvsMapTest {

    private static final Path MAP = Path.of("../../docs/security-asvs.md");
    private static final Pattern ROW = Pattern.compile(
            "\\| (V\\d+\\.\\d+\\.\\d+) \\| [12] \\| (met|partly|\\*\\*not met\\*\\*|n/a) \\| (.{3,}) \\|");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:IT|Test))`");

    @Test
    void saysSomethingOfEachRequirementOnce() throws IOException {
        var wanted = Files.readAllLines(Path.of("src/test/resources/asvs-5.0.0-level-2.txt")).stream()
                .filter(line -> line.startsWith("V"))
                .toList();
        var said = ROW.matcher(Files.readString(MAP))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(wanted).hasSize(253);
        assertThat(said).containsExactlyElementsOf(wanted);
    }

    @Test
    void countsWhatItSays() throws IOException {
        var text = Files.readString(MAP);
        var counted =
                ROW.matcher(text).results().collect(Collectors.groupingBy(row -> row.group(2), Collectors.counting()));

        assertThat(text)
                .contains("%d are met, %d partly, %d not, %d concern"
                        .formatted(
                                counted.get("met"),
                                counted.get("partly"),
                                counted.get("**not met**"),
                                counted.get("n/a")));
    }

    @Test
    void namesTestsThatExist() throws IOException {
        var named = TEST.matcher(Files.readString(MAP))
                .results()
                .map(test -> test.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        try (var platform = Files.walk(Path.of("src/test/java"));
                var connectors = Files.walk(Path.of("../../connectors"))) {
            var existing = Stream.concat(platform, connectors)
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".java"))
                    .map(file -> file.replace(".java", ""))
                    .collect(Collectors.toSet());
            assertThat(named).hasSizeGreaterThan(40).isSubsetOf(existing);
        }
    }
}
