package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Paths that only the browser's router knows answer the application, paths of the server never do. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WebApplicationIT {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/workflows",
                "/workflows/01a2147a-a1df-7e0f-b190-86675cdf6f03",
                "/runs/xyz?task=1",
                "/sign-in",
                "/apiary",
                "/a/b/c/d.e",
                "/%E2%9C%93"
            })
    void aDeepLinkAnswersTheApplication(String path) {
        var answer = get(path, BROWSER);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.body()).contains("<div id=\"root\"></div>", "/assets/");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("Content-Security-Policy")).contains("script-src 'self'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/unknown",
                "/api/v1",
                "/auth/unknown",
                "/v3/unknown",
                "/v1/unknown",
                "/mcp",
                "/oauth",
                "/hooks/unknown",
                "/hooks-test/unknown",
                "/assets/unknown.js",
                "/problems/unknown",
                "/docs/unknown"
            })
    void aPathOfTheServerAnswersAProblem(String path) {
        var answer = TestUser.register(port).get(path, "Accept", BROWSER);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("instance").asString()).isEqualTo(path);
    }

    @Test
    void whoAsksForNoPageGetsNone() {
        assertThat(get("/workflows/xyz", "application/json").status()).isEqualTo(404);
        assertThat(get("/no-such-picture.svg", "image/*").status()).isEqualTo(404);
        assertThat(TestUser.nobody(port).post("/workflows/xyz", "{}").status()).isEqualTo(404);
    }

    @Test
    void builtFilesAreKeptByBrowsers() {
        var index = get("/", BROWSER).body();
        var script = index.replaceAll("(?s).*src=\"(/assets/[^\"]+\\.js)\".*", "$1");

        var answer = get(script, "*/*");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("max-age=31536000", "immutable");
    }

    private TestUser.Answer get(String path, String accept) {
        return TestUser.nobody(port).get(path, "Accept", accept);
    }
}
