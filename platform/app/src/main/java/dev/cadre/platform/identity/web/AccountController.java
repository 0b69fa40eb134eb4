package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.internal.Accounts;
import dev.cadre.platform.identity.internal.SignedInDevice;
import dev.cadre.platform.shared.PageOf;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's own account: every role may change its own, and nobody another's. */
@Tag(name = "account")
@PersonOnly
@RestController
@RequestMapping("/api/v1/me")
class AccountController {

    record NameInput(@NotNull @Size(min = 1, max = 100) String name) {}

    record EmailChange(
            @NotNull @Size(max = 254) String email,
            @NotNull @Size(max = 200) String password) {}

    record PasswordChange(
            @NotNull @Size(max = 200) String currentPassword,
            @NotNull @Size(max = 200) String password) {}

    /** A sign-in that lives; {@code current} is the one that asks. */
    record SessionView(
            UUID id,
            @Nullable String address,
            @Nullable String userAgent,
            Instant createdAt,
            Instant lastUsedAt,
            boolean current) {

        static SessionView of(SignedInDevice device, UUID asking) {
            return new SessionView(
                    device.id(),
                    device.address(),
                    device.userAgent(),
                    device.createdAt(),
                    device.usedAt(),
                    device.id().equals(asking));
        }
    }

    private final Accounts accounts;
    private final WholeAccount account;

    AccountController(Accounts accounts, WholeAccount account) {
        this.account = account;
        this.accounts = accounts;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @PatchMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void rename(Caller caller, @Valid @RequestBody NameInput body) {
        account.require(caller);
        accounts.rename(caller.user(), body.name());
    }

    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/verification")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void sendVerification(Caller caller) {
        accounts.sendVerification(caller.user());
    }

    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/email")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void changeEmail(Caller caller, @Valid @RequestBody EmailChange body) {
        accounts.changeEmail(caller.user(), caller.session(), body.email(), body.password());
    }

    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(Caller caller, @Valid @RequestBody PasswordChange body) {
        accounts.changePassword(caller.user(), caller.session(), body.currentPassword(), body.password());
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/sessions")
    PageOf<SessionView> sessions(Caller caller) {
        account.require(caller);
        return new PageOf<>(
                accounts.sessions(caller.user()).stream()
                        .map(device -> SessionView.of(device, caller.session()))
                        .toList(),
                null);
    }

    @Requires(Permission.ORGANIZATION_READ)
    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(Caller caller, @PathVariable UUID id) {
        account.require(caller);
        accounts.endSession(caller.user(), id);
    }

    /** All but the one that asks. */
    @Requires(Permission.ORGANIZATION_READ)
    @DeleteMapping("/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endOtherSessions(Caller caller) {
        account.require(caller);
        accounts.endOtherSessions(caller.user(), caller.session());
    }
}
