package dev.cadre.platform.run.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.run.Migration;
import dev.cadre.platform.run.Migrations;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Moves runs to another version of their workflow. */
@Tag(name = "workflows")
@RestController
class MigrationController {

    /** The version, and the runs; without runs all that have not ended and run another version. */
    record PreviewInput(
            @Min(1) int toVersion,
            @Size(max = Migrations.MOST) @Nullable List<RunId> runIds) {}

    /** The version, and the runs to move. */
    record MigrationInput(
            @Min(1) int toVersion,
            @NotNull @Size(min = 1, max = Migrations.MOST) List<RunId> runIds) {}

    private final Migrations migrations;

    MigrationController(Migrations migrations) {
        this.migrations = migrations;
    }

    @Requires(Permission.RUN_MIGRATE)
    @PostMapping("/api/v1/workflows/{id}/migrations/preview")
    PageOf<Migration> preview(Caller caller, @PathVariable WorkflowId id, @Valid @RequestBody PreviewInput input) {
        return new PageOf<>(migrations.preview(caller.organization(), id, input.toVersion(), input.runIds()), null);
    }

    @Requires(Permission.RUN_MIGRATE)
    @PostMapping("/api/v1/workflows/{id}/migrations")
    PageOf<Migration> migrate(Caller caller, @PathVariable WorkflowId id, @Valid @RequestBody MigrationInput input) {
        return new PageOf<>(migrations.migrate(caller.organization(), id, input.toVersion(), input.runIds()), null);
    }
}
