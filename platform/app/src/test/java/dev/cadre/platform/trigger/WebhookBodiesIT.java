package dev.cadre.platform.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What a workflow sees of bodies. */
@HookTests
class WebhookBodiesIT {

    private static final String FORM = "multipart/form-data; boundary=XX";

    @LocalServerPort
    int port;

    Hooks hooks;

    @BeforeEach
    void start() {
        hooks = new Hooks(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json          | {\"a\": 1}  | text",
                "application/soap+xml      | <a/>      | text",
                "text/csv;charset=UTF-8    | a,b       | text",
                "application/octet-stream  | plain     | base64",
                "image/png                 | plain     | base64"
            })
    void aRawBodyKeepsItsTypeAndEveryCharacter(String type, String body, String encoding) {
        hooks.publish(null, "\"body\":\"raw\"");

        var seen = hooks.post(body, "Content-Type", type).trigger().path("body");

        assertThat(seen.path("contentType").asString()).isEqualTo(type);
        assertThat(seen.path("size").asInt()).isEqualTo(body.length());
        assertThat(seen.path("encoding").asString()).isEqualTo(encoding);
        var content = seen.path("content").asString();
        assertThat(
                        encoding.equals("text")
                                ? content
                                : new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @Test
    void aRawTextThatIsNoneComesInBase64() {
        hooks.publish(null, "\"body\":\"raw\"");
        var broken = new byte[] {'a', (byte) 0xff, 0, 'b'};

        var seen = raw(broken, "Content-Type", "text/plain");

        assertThat(seen.path("encoding").asString()).isEqualTo("base64");
        assertThat(Base64.getDecoder().decode(seen.path("content").asString())).isEqualTo(broken);
        assertThat(raw("a\0b".getBytes(StandardCharsets.UTF_8), "Content-Type", "text/plain")
                        .path("encoding")
                        .asString())
                .isEqualTo("base64");
        assertThat(raw("\u00e4".getBytes(StandardCharsets.ISO_8859_1), "Content-Type", "text/plain;charset=ISO-8859-1")
                        .path("content")
                        .asString())
                .isEqualTo("\u00e4");
    }

    @Test
    void anEmptyRawBodyIsEmptyText() {
        hooks.publish(null, "\"body\":\"raw\"");

        var seen = raw(new byte[0]);

        assertThat(seen.path("size").asInt()).isZero();
        assertThat(seen.path("content").asString()).isEmpty();
    }

    @Test
    void aMultipartFormHasFieldsAndFiles() {
        hooks.publish(null, "\"body\":\"multipart\"");
        var form = field("who", "J\u00fcrg") + field("tag", "a") + field("tag", "b")
                + file("paper", "C:\\docs\\r\u00e9sum\u00e9.pdf", "application/pdf", "%PDF\n")
                + file("empty", "none.txt", "text/plain", "")
                + "--XX--\r\n";

        var seen = hooks.post(form, "Content-Type", FORM).trigger().path("body");

        assertThat(seen.path("fields").toString()).isEqualTo("{\"who\":\"J\u00fcrg\",\"tag\":[\"a\",\"b\"]}");
        var paper = seen.path("files").get(0);
        assertThat(paper.path("field").asString()).isEqualTo("paper");
        assertThat(paper.path("name").asString()).isEqualTo("r\u00e9sum\u00e9.pdf");
        assertThat(paper.path("contentType").asString()).isEqualTo("application/pdf");
        assertThat(paper.path("size").asInt()).isEqualTo(5);
        assertThat(paper.path("content").asString()).isEqualTo("JVBERgo=");
        assertThat(seen.path("files").get(1).path("size").asInt()).isZero();
    }

    @Test
    void aFormIsTakenWhereADraftListensToo() {
        var id = hooks.publish(null, "");
        assertThat(hooks.user
                        .post("/api/v1/workflows/" + id + "/listen", Map.of())
                        .status())
                .isEqualTo(200);
        var form = (field("a", "1") + "--XX--").getBytes(StandardCharsets.UTF_8);

        assertThat(hooks.send("POST", "/hooks-test/" + hooks.path, form, "Content-Type", FORM)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void formsNeedNoModeOfTheirOwn() {
        hooks.publish(null, "");

        var seen = hooks.post(field("a", "1") + "--XX--", "Content-Type", FORM).trigger();

        assertThat(seen.path("body").path("fields").path("a").asString()).isEqualTo("1");
    }

    @Test
    void partsAndFilesAreBounded() {
        hooks.publish(null, "\"multipart\":{\"maxParts\":2,\"maxFileSize\":10}");

        var two = field("a", "1") + file("f", "f", "text/plain", "0123456789") + "--XX--";
        var three = field("a", "1") + field("b", "1") + field("c", "1") + "--XX--";
        var large = file("f", "f", "text/plain", "0123456789+") + "--XX--";

        assertThat(hooks.post(two, "Content-Type", FORM).status()).isEqualTo(200);
        assertThat(hooks.post(three, "Content-Type", FORM).status()).isEqualTo(413);
        assertThat(hooks.post(large, "Content-Type", FORM).status()).isEqualTo(413);
        assertThat(hooks.post(large, "Content-Type", FORM).code()).isEqualTo("webhook-body-too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--XX",
                "--XX\r\n",
                "--YY\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--YY--",
                "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
                "nonsense"
            })
    void aBrokenFormIsTheSendersFault(String body) {
        hooks.publish(null, "\"body\":\"multipart\"");

        var answer = hooks.post(body, "Content-Type", FORM);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("webhook-body-not-multipart");
    }

    @Test
    void aFormWithNothingInItIsOne() {
        hooks.publish(null, "\"body\":\"multipart\"");

        var seen = hooks.post("--XX--\r\n", "Content-Type", FORM).trigger().path("body");

        assertThat(seen.toString()).isEqualTo("{\"fields\":{},\"files\":[]}");
    }

    @Test
    void aFormWithoutABoundaryOrWithEndlessHeadersToo() {
        hooks.publish(null, "\"body\":\"multipart\"");
        var endless = "--XX\r\nContent-Disposition: form-data; name=\"" + "a".repeat(10_000) + "\"\r\n\r\n1\r\n--XX--";

        assertThat(hooks.post("x", "Content-Type", "multipart/form-data").status())
                .isEqualTo(400);
        assertThat(hooks.post(endless, "Content-Type", FORM).status()).isEqualTo(400);
    }

    @Test
    void nothingButFormsWhereTheTriggerSaysSo() {
        hooks.publish(null, "\"body\":\"multipart\"");

        assertThat(hooks.post("{}", "Content-Type", "application/json").status())
                .isEqualTo(415);
    }

    private JsonNode raw(byte[] body, String... headers) {
        return hooks.send("POST", "/hooks/" + hooks.path, body, headers)
                .trigger()
                .path("body");
    }

    private static String field(String name, String value) {
        return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String fileName, String type, String content) {
        return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                + "\"\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n";
    }
}
