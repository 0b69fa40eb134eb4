package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The record of processing (Article 30 GDPR) tells what is set up, as JSON and as a table. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProcessingRecordIT {

    private static final String RECORD = "/api/v1/processing-record";

    /** As a spreadsheet would take it for a formula. */
    private static final String EVIL = "=HYPERLINK(\"http://evil\",\"x\"),+1";

    @LocalServerPort
    int port;

    @Test
    void tellsWhatIsSetUp() {
        var owner = TestUser.register(port);
        var before = owner.get(RECORD).json();
        assertThat(before.path("organization").asString()).isEqualTo("Analytical Engines");
        assertThat(before.path("contacts")).hasSize(1);
        assertThat(before.path("contacts").path(0).path("email").asString()).isEqualTo(owner.email());
        assertThat(texts(before, "categories", "data"))
                .anyMatch(data -> data.startsWith("Data of runs"))
                .anyMatch(data -> data.startsWith("Audit log"))
                .noneMatch(data -> data.contains("webhook"));
        assertThat(kept(before, "Logs of steps")).startsWith("30 days");
        assertThat(kept(before, "Audit log")).startsWith("1095 days");
        assertThat(texts(before, "recipients", "kind")).doesNotContain("connection");
        assertThat(texts(before, "measures", "")).noneMatch(measure -> measure.startsWith("Sign-ins end"));

        owner.put("/api/v1/retention", Map.of("logs", 7), "If-Match", "\"0\"");
        owner.put("/api/v1/audit-retention", Map.of("days", 90), "If-Match", "\"0\"");
        owner.put(
                "/api/v1/organizations/security",
                Map.of("allowedAddresses", List.of(), "sessionHours", 100, "secondFactorRequired", false),
                "If-Match",
                "*");
        connection(owner, "https://shop.example/api");
        new TestRuns(owner)
                .published(Bpmn.webhook("h-" + UUID.randomUUID(), "last-step")
                        .end("end")
                        .flow("start", "end"));
        owner.colleague("admin");

        var after = owner.get(RECORD).json();
        assertThat(kept(after, "Logs of steps")).startsWith("7 days");
        assertThat(kept(after, "Audit log")).startsWith("90 days");
        assertThat(texts(after, "categories", "data")).anyMatch(data -> data.contains("1 webhook,"));
        var to = after.path("recipients")
                .valueStream()
                .filter(recipient -> recipient.path("kind").asString().equals("connection"))
                .toList();
        assertThat(to).hasSize(1);
        assertThat(to.getFirst().path("host").asString()).isEqualTo("shop.example");
        assertThat(texts(after, "measures", "")).contains("Sign-ins end after 100 hours.");
        assertThat(after.path("contacts")).as("owners only").hasSize(1);
        assertThat(TestUser.register(port).get(RECORD).body()).doesNotContain("shop.example", owner.email());
        assertThat(owner.colleague("member").get(RECORD).status()).isEqualTo(403);
        assertThat(owner.colleague("member").get(RECORD + ".csv").status()).isEqualTo(403);
    }

    @Test
    void isATableInWhichNothingIsAFormula() {
        var owner = TestUser.register(port);
        var named = owner.patch("/api/v1/organizations/" + owner.organization(), Map.of("name", EVIL));
        assertThat(named.status()).as(named.body()).isEqualTo(200);
        owner.patch("/api/v1/me", Map.of("name", "@SUM(1)"));
        connection(owner, "https://shop.example/api");

        var answer = owner.get(RECORD + ".csv");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"processing-record.csv\"");
        var table = table(answer.body());
        assertThat(table).allMatch(row -> row.size() == 6);
        assertThat(table.getFirst()).containsExactly("part", "what", "people", "purpose", "kept", "where");
        var record = owner.get(RECORD).json();
        int rows = 0;
        for (var part : List.of("contacts", "categories", "recipients", "measures")) {
            rows += record.path(part).size();
        }
        assertThat(table).as("a row for each line of the record").hasSize(rows + 2);
        assertThat(table.get(1)).contains("'" + EVIL);
        assertThat(table).anySatisfy(row -> assertThat(row).containsSubsequence("contact", "'@SUM(1)", owner.email()));
        assertThat(table)
                .anySatisfy(row -> assertThat(row).containsSubsequence("recipient: connection", "shop.example"));
        assertThat(table.stream().flatMap(List::stream)).noneMatch(cell -> cell.matches("(?s)[=+@-].*"));
    }

    private static void connection(TestUser owner, String address) {
        var values = Map.of("baseUrl", address, "authentication", "BEARER", "secret", "s3cret");
        var created = owner.post("/api/v1/connections", Map.of("name", "Shop", "type", "rest", "values", values));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
    }

    private static List<String> texts(JsonNode record, String part, String field) {
        return record.path(part)
                .valueStream()
                .map(one -> field.isEmpty() ? one.asString() : one.path(field).asString())
                .toList();
    }

    private static String kept(JsonNode record, String data) {
        return record.path("categories")
                .valueStream()
                .filter(one -> one.path("data").asString().startsWith(data))
                .findFirst()
                .orElseThrow()
                .path("kept")
                .asString();
    }

    /** As RFC 4180 says: each cell in quotes, which are doubled in it, and rows end in CRLF. */
    private static List<List<String>> table(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            assertThat(text.charAt(at)).as("cell at %s", at).isEqualTo('"');
            var cell = new StringBuilder();
            at++;
            while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
                cell.append(text.charAt(at));
                at += text.charAt(at) == '"' ? 2 : 1;
            }
            row.add(cell.toString());
            at++;
            if (text.startsWith("\r\n", at)) {
                rows.add(List.copyOf(row));
                row.clear();
                at += 2;
            } else {
                assertThat(text.charAt(at)).isEqualTo(',');
                at++;
            }
        }
        assertThat(row).isEmpty();
        return rows;
    }
}
