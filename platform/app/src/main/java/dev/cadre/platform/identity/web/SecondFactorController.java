package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.identity.internal.Accounts;
import dev.cadre.platform.identity.internal.SecondFactor;
import dev.cadre.platform.identity.internal.SecondFactor.Enrolment;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's second factor: codes of an authenticator app (TOTP) and recovery codes. */
@Tag(name = "account")
@PersonOnly
@RestController
@RequestMapping("/api/v1/me/totp")
class SecondFactorController {

    record PasswordProof(@NotNull @Size(max = 200) String password) {}

    record CodeInput(@NotNull @Size(max = 50) String code) {}

    record RecoveryCodes(List<String> recoveryCodes) {}

    private final SecondFactor secondFactor;
    private final Accounts accounts;
    private final Users users;

    SecondFactorController(SecondFactor secondFactor, Accounts accounts, Users users) {
        this.secondFactor = secondFactor;
        this.accounts = accounts;
        this.users = users;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping
    SecondFactor.State state(Caller caller) {
        return secondFactor.state(caller.user());
    }

    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping
    ResponseEntity<Enrolment> enrol(Caller caller, @Valid @RequestBody PasswordProof body) {
        accounts.requirePassword(caller.user(), caller.session(), body.password(), "/password");
        var user = Optional.ofNullable(users.find(List.of(caller.user())).get(caller.user()))
                .orElseThrow(IdentityException::sessionEnded);
        return secret(secondFactor.enrol(user));
    }

    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/confirm")
    ResponseEntity<RecoveryCodes> confirm(Caller caller, @Valid @RequestBody CodeInput body) {
        var codes = secondFactor.confirm(caller.user(), body.code());
        accounts.endOtherSessions(caller.user(), caller.session()); // they came in without it
        return secret(new RecoveryCodes(codes));
    }

    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/recovery-codes")
    ResponseEntity<RecoveryCodes> newRecoveryCodes(Caller caller, @Valid @RequestBody PasswordProof body) {
        accounts.requirePassword(caller.user(), caller.session(), body.password(), "/password");
        return secret(new RecoveryCodes(secondFactor.newRecoveryCodes(caller.user())));
    }

    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/disable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disable(Caller caller, @Valid @RequestBody PasswordProof body) {
        accounts.requirePassword(caller.user(), caller.session(), body.password(), "/password");
        secondFactor.disable(caller.user());
        accounts.endOtherSessions(caller.user(), caller.session());
    }

    private static <T> ResponseEntity<T> secret(T body) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(body);
    }
}
