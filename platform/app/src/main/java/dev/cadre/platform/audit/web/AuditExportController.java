package dev.cadre.platform.audit.web;

import dev.cadre.platform.audit.AuditException;
import dev.cadre.platform.audit.internal.AuditRows;
import dev.cadre.platform.audit.internal.AuditRows.Filter;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.web.Csv;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The log as a file. Written as it is read, so that a long one needs no memory. */
@Tag(name = "audit")
@RestController
class AuditExportController {

    private static final int BATCH = 500;

    private final AuditRows rows;
    private final EventViews views;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    AuditExportController(AuditRows rows, EventViews views, JsonMapper json, ApplicationEventPublisher events) {
        this.rows = rows;
        this.views = views;
        this.json = json;
        this.events = events;
    }

    /** {@code format} is {@code csv} or {@code jsonl}, one JSON document a line. That it was exported is in the log too. */
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/jsonl", schema = @Schema(type = "string"))
            })
    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/audit-export")
    void export(
            Caller caller,
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(required = false) @Nullable UUID actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        boolean csv = format.equals("csv");
        if (!csv && !format.equals("jsonl")) {
            throw AuditException.format();
        }
        var filter = AuditController.filter(actor, action, from, to);
        audit(caller, format, filter);
        response.setContentType((csv ? "text/csv" : "application/jsonl") + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-log." + format + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        if (csv) {
            out.write(Csv.line(COLUMNS));
        }
        write(caller.organization(), filter, csv, out);
        out.flush();
    }

    private void write(OrganizationId organization, Filter filter, boolean csv, Writer out) throws IOException {
        var before = Optional.<UUID>empty();
        while (true) {
            var batch = rows.list(organization, filter, before, BATCH);
            for (var event : views.of(batch)) {
                out.write(csv ? Csv.line(cells(event)) : json.writeValueAsString(event) + "\n");
            }
            if (batch.size() < BATCH) {
                return;
            }
            before = Optional.of(batch.getLast().id());
        }
    }

    private void audit(Caller caller, String format, Filter filter) {
        var what = new LinkedHashMap<String, Object>();
        what.put("format", format);
        if (filter.actor() != null) {
            what.put("actor", filter.actor().toString());
        }
        if (filter.action() != null) {
            what.put("action", filter.action());
        }
        if (filter.from() != null) {
            what.put("from", filter.from().toString());
        }
        if (filter.to() != null) {
            what.put("to", filter.to().toString());
        }
        events.publishEvent(Audited.of(
                caller.organization(), "audit.exported", Subject.of("audit-log", caller.organization(), null), what));
    }

    private static final List<String> COLUMNS = List.of(
            "id",
            "at",
            "actorKind",
            "actorId",
            "actorName",
            "actorEmail",
            "address",
            "userAgent",
            "action",
            "subjectType",
            "subjectId",
            "subjectName",
            "before",
            "after",
            "position",
            "hash");

    private List<String> cells(AuditEvent event) {
        return List.of(
                event.id().toString(),
                event.at().toString(),
                event.actor().kind(),
                text(event.actor().id()),
                text(event.actor().name()),
                text(event.actor().email()),
                text(event.actor().address()),
                text(event.actor().userAgent()),
                event.action(),
                event.subject().type(),
                event.subject().id(),
                text(event.subject().name()),
                state(event.before()),
                state(event.after()),
                text(event.position()),
                text(event.hash()));
    }

    private String state(Map<String, Object> state) {
        return state.isEmpty() ? "" : json.writeValueAsString(state);
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
