package dev.cadre.platform.installation.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.secret.KeyState;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The key that the organization's secrets are encrypted under. Nobody ever sees it. */
@Tag(name = "organizations")
@RestController
@RequestMapping("/api/v1/encryption-key")
class EncryptionKeyController {

    private final Secrets secrets;
    private final ApplicationEventPublisher events;

    EncryptionKeyController(Secrets secrets, ApplicationEventPublisher events) {
        this.secrets = secrets;
        this.events = events;
    }

    @Requires(Permission.SECURITY_MANAGE)
    @GetMapping
    KeyState get(Caller caller) {
        return secrets.key(caller.organization());
    }

    /** A new key counts at once; the one before goes when nothing is encrypted under it any more, after some minutes. */
    @Requires(Permission.SECURITY_MANAGE)
    @PostMapping("/rotation")
    @ResponseStatus(HttpStatus.ACCEPTED)
    KeyState rotate(Caller caller) {
        var organization = caller.organization();
        secrets.rotate(
                organization,
                () -> events.publishEvent(Audited.of(
                        organization, "encryption-key.rotated", Subject.of("organization", organization, null))));
        return secrets.key(caller.organization());
    }
}
