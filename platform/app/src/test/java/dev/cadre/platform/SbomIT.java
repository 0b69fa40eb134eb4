package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is packaged says what it is made of, in a form that scanners read. */
class SbomIT {

    private static final Path TARGET = Path.of("target");

    /** Where it was built with {@code -Psbom}. */
    @Test
    void namesEachLibraryOfTheHubWithItsVersionAndNoneOfTheTests() throws IOException {
        assumeTrue(Files.exists(TARGET.resolve("classes/META-INF/sbom/application.cdx.json")), "built without -Psbom");
        var listed = new TreeMap<String, String>();
        bom(TARGET.resolve("cadre.jar"), "application.cdx.json")
                .path("components")
                .forEach(one -> listed.put(
                        one.path("name").asString() + "-" + one.path("version").asString() + ".jar",
                        one.path("purl").asString()));
        try (var files = Files.list(TARGET.resolve("lib"))) {
            var packaged = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("designer-ui"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(packaged)
                    .hasSizeGreaterThan(100)
                    .allSatisfy(jar -> assertThat(listed.keySet())
                            .as(jar)
                            .anyMatch(one -> jar.equals(one) || jar.startsWith(one.replace(".jar", "-"))));
        }
        assertThat(listed.values()).allMatch(purl -> purl.startsWith("pkg:maven/"));
        assertThat(listed.keySet()).noneMatch(name -> name.startsWith("junit") || name.startsWith("greenmail"));
    }

    @Test
    void namesThePackagesOfTheWebApplication() throws IOException {
        try (var files = Files.list(TARGET.resolve("lib"))) {
            var web = files.filter(file -> file.getFileName().toString().startsWith("designer-ui"))
                    .findFirst()
                    .orElseThrow();
            var names = bom(web, "web.cdx.json")
                    .path("components")
                    .valueStream()
                    .map(one -> one.path("name").asString())
                    .toList();
            assertThat(names).contains("react", "bpmn-js").doesNotContain("vitest", "eslint");
        }
    }

    private static JsonNode bom(Path jar, String name) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var entry = file.getJarEntry("META-INF/sbom/" + name);
            assertThat(entry).as(name + " in " + jar).isNotNull();
            var bom = JsonMapper.shared().readTree(file.getInputStream(entry).readAllBytes());
            assertThat(bom.path("bomFormat").asString()).isEqualTo("CycloneDX");
            return bom;
        }
    }
}
