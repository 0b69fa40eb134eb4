package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of the API is kept in {@code designer-ui/openapi.json}, where the web application's client is generated
 * from it. After a change of the API: {@code ./mvnw -pl platform/app -am test -Dtest=OpenApiIT -Dopenapi.update=true
 * -Dsurefire.failIfNoSpecifiedTests=false}
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OpenApiIT {

    private static final Path GOLDEN = Path.of("../../designer-ui/openapi.json");

    @LocalServerPort
    int port;

    @Test
    void isDescribedByTheGoldenFile() throws IOException {
        var described = TestUser.nobody(port).get("/v3/api-docs");
        assertThat(described.status()).isEqualTo(200);
        var pretty = JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .build()
                        .writeValueAsString(JsonMapper.shared().readValue(described.body(), Object.class))
                + "\n";
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(GOLDEN, pretty);
        }
        assertThat(pretty)
                .as("the API changed: run this test with -Dopenapi.update=true and look at the difference")
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void showsSwaggerUi() {
        var docs = TestUser.nobody(port).get("/docs");
        assertThat(docs.status()).isEqualTo(302);
        var page = TestUser.nobody(port).get(docs.header("Location"), "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("swagger-ui").doesNotContain("<script>");
    }
}
