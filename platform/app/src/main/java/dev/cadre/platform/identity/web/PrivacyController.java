package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.internal.ArchiveFormat;
import dev.cadre.platform.identity.internal.Persons;
import dev.cadre.platform.shared.FewAtOnce;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people may ask about themselves. */
@Tag(name = "account")
@RestController
@RequestMapping("/api/v1/me")
class PrivacyController {

    record Erasure(@NotNull @Size(max = 200) String password) {}

    private final Persons persons;
    private final WholeAccount account;

    private final FewAtOnce exporting = new FewAtOnce(2);

    PrivacyController(Persons persons, WholeAccount account) {
        this.account = account;
        this.persons = persons;
    }

    /**
     * All that the hub keeps of the caller, in every organization: one JSON document, or for {@code Accept: application/zip} an
     * archive with a file for each kind and a README.txt.
     */
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object")),
                @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary"))
            })
    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/export")
    void export(
            Caller caller,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        account.require(caller);
        var format = wanted(request.getHeader(HttpHeaders.ACCEPT));
        var file = exporting.run(caller.user(), () -> persons.export(caller.user(), format));
        try {
            response.setContentType(format.type().toString());
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + format.fileName() + "\"");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setContentLengthLong(Files.size(file));
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.delete(file);
        }
    }

    private static ArchiveFormat wanted(@Nullable String accept) {
        try {
            return accept != null
                            && MediaType.parseMediaTypes(accept).stream()
                                    .anyMatch(ArchiveFormat.ZIP.type()::equalsTypeAndSubtype)
                    ? ArchiveFormat.ZIP
                    : ArchiveFormat.JSON;
        } catch (InvalidMediaTypeException e) {
            return ArchiveFormat.JSON;
        }
    }

    /** Deletes the account, at once and for good. Refused (409) while an organization would lose its last owner. */
    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/erase")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void erase(Caller caller, @Valid @RequestBody Erasure body) {
        account.require(caller);
        persons.erase(caller.user(), caller.session(), body.password());
    }
}
