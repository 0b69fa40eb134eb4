package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.identity.internal.key.ApiKey;
import dev.cadre.platform.identity.internal.key.ApiKeys;
import dev.cadre.platform.identity.internal.key.KeyRequest;
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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** API keys: one's own, and with {@code key:manage} everybody's and those of service accounts. */
@Tag(name = "api-keys")
@RestController
@RequestMapping("/api/v1/api-keys")
class ApiKeyController {

    record KeyInput(
            @NotNull @Size(max = 200) String name,
            @NotNull @Size(max = 100) List<@NotNull @Size(max = 100) String> scopes,
            @Nullable Instant expiresAt,

            @Nullable @Size(max = 50) List<@NotNull @Size(max = 100) String> allowedAddresses,

            @Nullable UserId serviceAccountId) {}

    record KeyChange(
            @Nullable @Size(max = 200) String name,
            @Nullable @Size(max = 50) List<@NotNull @Size(max = 100) String> allowedAddresses) {}

    record KeyOwner(UserId id, String name, boolean serviceAccount) {}

    /** A key without its text; {@code hint} is how it ends. {@code createdBy} is a name, where there is still somebody. */
    record KeyView(
            UUID id,
            String name,
            String hint,
            List<String> scopes,
            List<String> allowedAddresses,
            KeyOwner owner,
            @Nullable String createdBy,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedFrom) {

        static KeyView of(ApiKey key, @Nullable User creator) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.hint(),
                    key.scopes().stream().sorted().map(Permission::text).toList(),
                    key.allowedAddresses(),
                    new KeyOwner(
                            key.owner().id(), key.owner().name(), key.owner().isServiceAccount()),
                    creator == null ? null : creator.name(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    key.lastUsedFrom());
        }
    }

    /** {@code key} is said here and never again. */
    record NewKey(String key, KeyView apiKey) {}

    private final ApiKeys keys;
    private final Users users;

    ApiKeyController(ApiKeys keys, Users users) {
        this.keys = keys;
        this.users = users;
    }

    /** One's own, those of a service account, or with {@code all} everybody's. */
    @Requires(Permission.KEY_CREATE)
    @GetMapping
    PageOf<KeyView> list(
            Caller caller,
            PageQuery page,
            @RequestParam(required = false) @Nullable UserId serviceAccountId,
            @RequestParam(defaultValue = "false") boolean all) {
        var after = page.isFirst()
                ? Optional.<UUID>empty()
                : Optional.of(UUID.fromString(page.after().getFirst()));
        var owner = Optional.ofNullable(serviceAccountId).or(() -> all ? Optional.empty() : Optional.of(caller.user()));
        var rows = keys.list(caller, owner, after, page.rows());
        var creators = users.find(rows.stream().map(ApiKey::createdBy).collect(Collectors.toSet()));
        return page.page(
                rows.stream()
                        .map(key -> KeyView.of(key, creators.get(key.createdBy())))
                        .toList(),
                key -> List.of(key.id().toString()));
    }

    @Requires(Permission.KEY_CREATE)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<NewKey> create(Caller caller, @Valid @RequestBody KeyInput body) {
        var addresses = body.allowedAddresses() == null ? List.<String>of() : body.allowedAddresses();
        var wanted = new KeyRequest(body.name(), body.scopes(), body.expiresAt(), addresses);
        var made = keys.create(caller, wanted, Optional.ofNullable(body.serviceAccountId()));
        return ResponseEntity.created(
                        URI.create("/api/v1/api-keys/" + made.key().id()))
                .eTag(IfMatch.tag(made.key().revision()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new NewKey(made.text(), view(made.key())));
    }

    @Requires(Permission.KEY_CREATE)
    @GetMapping("/{id}")
    ResponseEntity<KeyView> get(Caller caller, @PathVariable UUID id) {
        return answer(keys.find(caller, id));
    }

    /** Its name, and where it may come from. What it may do and until when is settled for good. */
    @PersonOnly
    @Requires(Permission.KEY_CREATE)
    @PatchMapping("/{id}")
    ResponseEntity<KeyView> change(
            Caller caller,
            @PathVariable UUID id,
            @Parameter(hidden = true) Optional<IfMatch> ifMatch,
            @Valid @RequestBody KeyChange body) {
        var key = keys.find(caller, id);
        ifMatch.ifPresent(match -> match.check(key.revision()));
        var name = body.name() == null ? key.name() : body.name();
        var addresses = body.allowedAddresses() == null ? key.allowedAddresses() : body.allowedAddresses();
        return answer(keys.change(caller, key, name, addresses).orElseThrow(IfMatch::stale));
    }

    /** It stops working at once. */
    @Requires(Permission.KEY_CREATE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable UUID id) {
        keys.revoke(caller, id);
    }

    private ResponseEntity<KeyView> answer(ApiKey key) {
        return ResponseEntity.ok().eTag(IfMatch.tag(key.revision())).body(view(key));
    }

    private KeyView view(ApiKey key) {
        return KeyView.of(key, users.find(Set.of(key.createdBy())).get(key.createdBy()));
    }
}
