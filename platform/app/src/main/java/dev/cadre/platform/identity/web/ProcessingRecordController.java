package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.internal.ProcessingRecords;
import dev.cadre.platform.identity.internal.ProcessingRecords.ProcessingRecord;
import dev.cadre.platform.shared.web.Csv;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the caller's organization does with people's data, for its data protection officer. */
@Tag(name = "organizations")
@RestController
class ProcessingRecordController {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final ProcessingRecords records;

    ProcessingRecordController(ProcessingRecords records) {
        this.records = records;
    }

    /** The record of processing activities (Article 30 GDPR), made from what is set up now. */
    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/processing-record")
    ProcessingRecord read(Caller caller) {
        return records.of(caller.organization());
    }

    /** The same as a table. */
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/processing-record.csv")
    ResponseEntity<byte[]> table(Caller caller) {
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"processing-record.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(csv(records.of(caller.organization())).getBytes(StandardCharsets.UTF_8));
    }

    private static String csv(ProcessingRecord record) {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("part", "what", "people", "purpose", "kept", "where"));
        lines.add(List.of("organization", record.organization(), "", "", "", "as of " + record.at()));
        record.contacts()
                .forEach(contact -> lines.add(List.of("contact", contact.name(), "", "", "", contact.email())));
        record.categories()
                .forEach(data -> lines.add(
                        List.of("data", data.data(), data.people(), data.purpose(), data.kept(), data.place())));
        record.recipients()
                .forEach(to -> lines.add(List.of(
                        "recipient: " + to.kind(),
                        to.name(),
                        "",
                        to.receives(),
                        "",
                        Objects.requireNonNullElse(to.host(), ""))));
        record.measures().forEach(measure -> lines.add(List.of("protection", measure, "", "", "", "")));
        var table = new StringBuilder();
        lines.forEach(line -> table.append(Csv.line(line)));
        return table.toString();
    }
}
