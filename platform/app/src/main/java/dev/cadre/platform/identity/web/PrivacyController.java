package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.internal.Persons;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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

    PrivacyController(Persons persons, WholeAccount account) {
        this.account = account;
        this.persons = persons;
    }

    /** All that the hub keeps of the caller, in every organization. */
    @PersonOnly
    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/export")
    ResponseEntity<Map<String, List<Map<String, @Nullable Object>>>> export(Caller caller) {
        account.require(caller);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(persons.export(caller.user()));
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
