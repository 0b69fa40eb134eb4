package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journeys of {@code designer-ui/e2e}, walked by a real browser through the packaged hub. Without a browser they are
 * skipped, or fail where {@code CADRE_REQUIRE_BROWSER} is set. {@code CADRE_SCREENSHOTS} names the folder, from the
 * repository's root, that the README's pictures are written into.
 */
@Tag("slow")
class BrowserJourneyIT {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Path WEB = REPOSITORY.resolve("designer-ui");
    private static final Path RUNNER = WEB.resolve("node_modules/@playwright/test/cli.js");
    private static final Path LOG = Path.of("target/browser-journeys.log");

    @Test
    void walksEveryJourney(@TempDir Path home) throws Exception {
        requireBrowser();
        try (var hub = HubProcess.start(home, Map.of())) {
            int code = walk(hub.port());
            assertThat(code).as(() -> "The journeys said:\n" + log()).isZero();
        }
    }

    private static void requireBrowser() {
        var missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        if (System.getenv("CADRE_REQUIRE_BROWSER") != null) {
            fail(missing);
        }
        Assumptions.abort(missing);
    }

    /** What the journeys need and do not find, as one sentence; empty when everything is there. */
    private static String missing() {
        var chromium = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
        if (!Files.isExecutable(Path.of(chromium))) {
            return "The browser journeys need Chromium, and there is none at " + chromium
                    + ": install it (Debian: apt-get install chromium) or name its path in CHROMIUM.";
        }
        if (!Files.exists(RUNNER) || !Files.exists(WEB.resolve("dist/index.html"))) {
            return "The browser journeys need the web application with its node_modules:"
                    + " build designer-ui, that is without -Dexec.skip.";
        }
        return "";
    }

    private static int walk(int port) throws Exception {
        var builder = new ProcessBuilder("node", RUNNER.toString(), "test", "--forbid-only").directory(WEB.toFile());
        builder.environment().put("CADRE_E2E_URL", "http://localhost:" + port);
        builder.environment()
                .computeIfPresent(
                        "CADRE_SCREENSHOTS",
                        (name, folder) -> REPOSITORY.resolve(folder).toString());
        var process =
                builder.redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
        try {
            if (process.waitFor(10, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            return fail("The journeys did not end within ten minutes:\n" + log());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private static String log() {
        try {
            return Files.readString(LOG);
        } catch (IOException e) {
            return "(" + LOG + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
