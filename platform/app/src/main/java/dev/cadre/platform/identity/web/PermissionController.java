package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.RolePreset;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What there is to be allowed, for whoever puts a role together. */
@Tag(name = "roles")
@RestController
class PermissionController {

    /**
     * A permission.
     *
     * @param yours whether the caller has it, and so may put it into a role
     */
    record PermissionDetails(String name, String description, boolean yours) {}

    /** A ready-made set of permissions to make a role of. */
    record Preset(String id, String name, String description, List<String> permissions) {}

    /** All permissions, and ready-made sets of them. */
    record PermissionCatalog(List<PermissionDetails> items, List<Preset> presets) {}

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/api/v1/permissions")
    PermissionCatalog list(Caller caller) {
        return new PermissionCatalog(
                Arrays.stream(Permission.values())
                        .map(it -> new PermissionDetails(it.text(), it.description(), caller.may(it)))
                        .toList(),
                Arrays.stream(RolePreset.values())
                        .map(it -> new Preset(
                                it.text(),
                                it.title(),
                                it.description(),
                                it.permissions().stream()
                                        .sorted()
                                        .map(Permission::text)
                                        .toList()))
                        .toList());
    }
}
