package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.CustomRoleRef;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.Roles;
import dev.cadre.platform.identity.internal.key.ServiceAccount;
import dev.cadre.platform.identity.internal.key.ServiceAccounts;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.UserId;
import dev.cadre.platform.shared.web.IfMatch;
import dev.cadre.platform.shared.web.PageQuery;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Members of the caller's organization that are programs; their keys are under {@code /api/v1/api-keys}. */
@Tag(name = "api-keys")
@RestController
@RequestMapping("/api/v1/service-accounts")
class ServiceAccountController {

    record AccountInput(
            @NotNull @Size(max = 200) String name,
            @Nullable @Size(max = 1000) String description,
            @NotNull @Size(max = 60) String role) {}

    record AccountChange(
            @Nullable @Size(max = 200) String name,
            @Nullable @Size(max = 1000) String description,
            @Nullable @Size(max = 60) String role) {}

    record AccountView(
            UserId id,
            String name,
            String description,
            Role role,
            @Nullable CustomRoleRef customRole,
            Instant createdAt) {

        static AccountView of(ServiceAccount account) {
            return new AccountView(
                    account.id(),
                    account.name(),
                    account.description(),
                    account.role().role(),
                    CustomRoleRef.of(account.role()),
                    account.createdAt());
        }
    }

    private final ServiceAccounts accounts;
    private final Roles roles;

    ServiceAccountController(ServiceAccounts accounts, Roles roles) {
        this.roles = roles;
        this.accounts = accounts;
    }

    @Requires(Permission.KEY_MANAGE)
    @GetMapping
    PageOf<AccountView> list(Caller caller, PageQuery page) {
        var after = page.isFirst()
                ? Optional.<UserId>empty()
                : Optional.of(new UserId(UUID.fromString(page.after().getFirst())));
        var rows = accounts.list(caller.organization(), after, page.rows());
        return page.page(
                rows.stream().map(AccountView::of).toList(),
                account -> List.of(account.id().toString()));
    }

    @Requires(Permission.KEY_MANAGE)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<AccountView> create(Caller caller, @Valid @RequestBody AccountInput body) {
        var description = body.description() == null ? "" : body.description();
        var account =
                accounts.create(caller, body.name(), description, roles.resolve(caller.organization(), body.role()));
        return ResponseEntity.created(URI.create("/api/v1/service-accounts/" + account.id()))
                .eTag(IfMatch.tag(account.revision()))
                .body(AccountView.of(account));
    }

    @Requires(Permission.KEY_MANAGE)
    @GetMapping("/{id}")
    ResponseEntity<AccountView> get(Caller caller, @PathVariable UserId id) {
        return answer(accounts.find(caller.organization(), id));
    }

    @Requires(Permission.KEY_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<AccountView> change(
            Caller caller,
            @PathVariable UserId id,
            @Parameter(hidden = true) Optional<IfMatch> ifMatch,
            @Valid @RequestBody AccountChange body) {
        var before = accounts.find(caller.organization(), id);
        ifMatch.ifPresent(match -> match.check(before.revision()));
        var changed = accounts.change(
                caller,
                before,
                body.name() == null ? before.name() : body.name(),
                body.description() == null ? before.description() : body.description(),
                body.role() == null ? before.role() : roles.resolve(caller.organization(), body.role()));
        return answer(changed.orElseThrow(IfMatch::stale));
    }

    /** With its keys, which stop working at once. */
    @Requires(Permission.KEY_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable UserId id) {
        accounts.delete(caller, id);
    }

    private static ResponseEntity<AccountView> answer(ServiceAccount account) {
        return ResponseEntity.ok().eTag(IfMatch.tag(account.revision())).body(AccountView.of(account));
    }
}
