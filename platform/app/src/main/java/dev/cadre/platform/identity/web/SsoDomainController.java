package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.internal.sso.SsoDomains;
import dev.cadre.platform.identity.internal.sso.SsoDomains.ClaimedDomain;
import dev.cadre.platform.shared.PageOf;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The e-mail domains of the caller's organization: claimed, and proven by a TXT record. */
@Tag(name = "single sign-on")
@PersonOnly
@RestController
@RequestMapping("/api/v1/organizations/sso/domains")
class SsoDomainController {

    record DomainInput(@NotNull @Size(max = 200) String domain) {}

    private final SsoDomains domains;

    SsoDomainController(SsoDomains domains) {
        this.domains = domains;
    }

    @Requires(Permission.SSO_MANAGE)
    @GetMapping
    PageOf<ClaimedDomain> list(Caller caller) {
        return new PageOf<>(domains.list(caller.organization()), null);
    }

    @Requires(Permission.SSO_MANAGE)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ClaimedDomain claim(Caller caller, @Valid @RequestBody DomainInput body) {
        return domains.claim(caller.organization(), body.domain());
    }

    /** Looks for the TXT record now, also of a domain that is proven already. */
    @Requires(Permission.SSO_MANAGE)
    @PostMapping("/{domain}/check")
    ClaimedDomain check(Caller caller, @PathVariable String domain) {
        return domains.check(caller.organization(), domain);
    }

    @Requires(Permission.SSO_MANAGE)
    @DeleteMapping("/{domain}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(Caller caller, @PathVariable String domain) {
        domains.release(caller.organization(), domain);
    }
}
