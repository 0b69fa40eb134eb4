package dev.cadre.platform.run.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.run.DeadLetter;
import dev.cadre.platform.run.DeadLetterFilter;
import dev.cadre.platform.run.DeadLetters;
import dev.cadre.platform.run.RunException;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.shared.web.PageQuery;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What does not go on without a person, one by one and by the thousand. */
@Tag(name = "dead letters")
@RestController
class DeadLetterController {

    /** Which runs: named, or all that fit a filter; an empty filter fits every failed run. */
    record Selection(
            @Size(max = DeadLetters.MOST) @Nullable List<@NotNull RunId> runIds,
            @Nullable DeadLetterFilter filter) {

        void check() {
            if ((runIds == null) == (filter == null)) {
                throw RunException.invalid("Say either runIds or a filter; {} is the filter that fits all.");
            }
        }
    }

    private final DeadLetters letters;

    DeadLetterController(DeadLetters letters) {
        this.letters = letters;
    }

    @Requires(Permission.RUN_READ)
    @GetMapping("/api/v1/dead-letters")
    PageOf<DeadLetter> list(
            Caller caller,
            PageQuery page,
            @RequestParam(required = false) @Nullable WorkflowId workflowId,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String elementId,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var filter = new DeadLetterFilter(workflowId, given(code), given(elementId), from, to);
        var since = page.isFirst() ? null : Instant.parse(page.after().get(0));
        var id = page.isFirst() ? null : UUID.fromString(page.after().get(1));
        return page.page(
                letters.list(caller.organization(), filter, since, id, page.rows()),
                letter -> List.of(letter.since().toString(), letter.id().toString()));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @Requires(Permission.RUN_RETRY)
    @PostMapping("/api/v1/dead-letters/retry")
    DeadLetters.Report retry(Caller caller, @Valid @RequestBody Selection selection) {
        selection.check();
        var runs = selection.runIds();
        return runs == null ? letters.retry(caller, filter(selection)) : letters.retry(caller, runs);
    }

    /** Cancels the runs. */
    @Requires(Permission.RUN_CANCEL)
    @PostMapping("/api/v1/dead-letters/discard")
    DeadLetters.Report discard(Caller caller, @Valid @RequestBody Selection selection) {
        selection.check();
        var runs = selection.runIds();
        return runs == null ? letters.discard(caller, filter(selection)) : letters.discard(caller, runs);
    }

    private static DeadLetterFilter filter(Selection selection) {
        var filter = selection.filter();
        return filter == null ? DeadLetterFilter.ALL : filter;
    }
}
