package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.AccessException;
import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.AccessSettings;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.internal.SecondFactor;
import dev.cadre.platform.organization.SecurityRulebook;
import dev.cadre.platform.organization.SecurityRules;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.web.IfMatch;
import dev.cadre.spi.http.AddressRange;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the caller's organization asks of those who work in it, and what that means for the caller now. */
@Tag(name = "organizations")
@RestController
class SecurityRulesController {

    private static final int MAX_ADDRESSES = 200;

    /** {@code excludeOwnAddress} repeats the caller's own address where it shall not be on the list. */
    record SecurityRulesInput(
            @NotNull @Size(max = MAX_ADDRESSES) List<@NotNull @Size(max = 60) String> allowedAddresses,
            @Nullable @Min(1) @Max(720) Integer sessionHours,
            @Nullable @Min(15) @Max(43_200) Integer idleMinutes,
            @NotNull Boolean secondFactorRequired,
            @Nullable @Size(max = 60) String excludeOwnAddress) {}

    /** {@code enforced} is false where the operator has turned the lists of addresses off. */
    record ShownSecurityRules(
            List<String> allowedAddresses,
            @Nullable Integer sessionHours,
            @Nullable Integer idleMinutes,
            boolean secondFactorRequired,
            @Nullable String ownAddress,
            boolean enforced) {}

    record AccessHere(@Nullable String address, boolean addressAllowed, boolean secondFactorMissing) {}

    private final SecurityRulebook rulebook;
    private final AccessRules access;
    private final AccessSettings settings;
    private final SecondFactor secondFactor;

    SecurityRulesController(
            SecurityRulebook rulebook, AccessRules access, AccessSettings settings, SecondFactor secondFactor) {
        this.rulebook = rulebook;
        this.access = access;
        this.settings = settings;
        this.secondFactor = secondFactor;
    }

    @Requires(Permission.ORGANIZATION_READ)
    @GetMapping("/api/v1/me/access")
    AccessHere access(Caller caller) {
        var address = Actor.current().address();
        return new AccessHere(
                address,
                access.admits(caller.organization(), address),
                access.isSecondFactorMissing(caller, caller.organization()));
    }

    @Requires(Permission.SECURITY_MANAGE)
    @GetMapping("/api/v1/organizations/security")
    ResponseEntity<ShownSecurityRules> rules(Caller caller) {
        return answer(rulebook.find(caller.organization()));
    }

    @Requires(Permission.SECURITY_MANAGE)
    @PutMapping("/api/v1/organizations/security")
    ResponseEntity<ShownSecurityRules> change(
            Caller caller, IfMatch ifMatch, @Valid @RequestBody SecurityRulesInput body) {
        var before = rulebook.find(caller.organization());
        ifMatch.check(before.revision());
        var wanted = new SecurityRules(
                ranges(body.allowedAddresses()),
                body.sessionHours(),
                body.idleMinutes(),
                body.secondFactorRequired(),
                before.revision());
        keepIn(caller, wanted, body.excludeOwnAddress());
        return answer(rulebook.replace(caller.organization(), wanted).orElseThrow(IfMatch::stale));
    }

    /** Nobody locks themselves out by mistake. */
    private void keepIn(Caller caller, SecurityRules wanted, @Nullable String excluded) {
        var address = Actor.current().address();
        if (!wanted.admits(parsed(address)) && (address == null || !address.equals(excluded))) {
            throw AccessException.lockOut(address);
        }
        if (wanted.secondFactorRequired()
                && AccessRules.isByPassword(caller)
                && !secondFactor.state(caller.user()).enabled()) {
            throw AccessException.ownSecondFactorFirst();
        }
    }

    private static List<AddressRange> ranges(List<String> texts) {
        var ranges = new ArrayList<AddressRange>();
        for (int index = 0; index < texts.size(); index++) {
            try {
                var range = AddressRange.parse(texts.get(index).strip());
                if (!ranges.contains(range)) {
                    ranges.add(range);
                }
            } catch (IllegalArgumentException e) {
                throw AccessException.input("/allowedAddresses/" + index, String.valueOf(e.getMessage()));
            }
        }
        return ranges;
    }

    private static @Nullable InetAddress parsed(@Nullable String address) {
        return address == null ? null : AddressRange.address(address);
    }

    private ResponseEntity<ShownSecurityRules> answer(SecurityRules rules) {
        var body = new ShownSecurityRules(
                rules.allowedAddresses().stream().map(AddressRange::toString).toList(),
                rules.sessionHours(),
                rules.idleMinutes(),
                rules.secondFactorRequired(),
                Actor.current().address(),
                settings.ipLists());
        return ResponseEntity.ok().eTag(IfMatch.tag(rules.revision())).body(body);
    }
}
