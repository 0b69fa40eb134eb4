package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.mail.Mail;
import dev.cadre.platform.mail.OutboxMessage;
import dev.cadre.platform.shared.PageOf;
import dev.cadre.platform.shared.web.PageQuery;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The messages of a hub without a mail server. For everybody but the installation's first owner there are none. */
@Tag(name = "authentication")
@PersonOnly
@RestController
class OutboxController {

    private final Mail mail;
    private final OutboxAccess access;

    OutboxController(Mail mail, OutboxAccess access) {
        this.mail = mail;
        this.access = access;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/api/v1/outbox")
    ResponseEntity<PageOf<OutboxMessage>> list(Caller caller, PageQuery page) {
        if (!AccessRules.isByPassword(caller) || !access.isOpenTo(caller.user())) {
            throw IdentityException.noOutbox();
        }
        var after = page.isFirst()
                ? Optional.<UUID>empty()
                : Optional.of(UUID.fromString(page.after().getFirst()));
        var rows = mail.waiting(after, page.rows());
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(page.page(rows, message -> List.of(message.id().toString())));
    }
}
