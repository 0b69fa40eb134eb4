package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.platform.identity.RateLimits;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.shared.web.ClientAddress;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.spi.http.AddressRange;
import dev.cadre.spi.trigger.Authentication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which requests pass to one webhook. */
public final class Gate {

    /** What all gates share. */
    record Tools(ClientAddress addresses, KeyRing keys, RateLimits limits, Clock clock) {}

    /** Whose webhook it is; {@code draft} for one that is listened to, {@code element} empty for the start. */
    record Place(OrganizationId organization, WorkflowId workflow, boolean draft, String element) {}

    private final Tools tools;
    private final Place place;
    private final Authentication authentication;
    private final String connection;
    private final List<AddressRange> allowFrom;
    private final @Nullable CorsGate cors;
    private final @Nullable SignatureCheck signature;
    private final @Nullable Integer perMinute;
    private final Set<String> hidden;

    Gate(
            Tools tools,
            Place place,
            Authentication authentication,
            String connection,
            List<AddressRange> allowFrom,
            @Nullable CorsGate cors,
            @Nullable Integer perMinute,
            Set<String> hidden) {
        this.tools = tools;
        this.place = place;
        this.authentication = authentication;
        this.connection = connection;
        this.allowFrom = allowFrom;
        this.cors = cors;
        this.signature = authentication instanceof Authentication.Signature scheme ? new SignatureCheck(scheme) : null;
        this.perMinute = perMinute;
        this.hidden = hidden;
    }

    /** The headers that are the caller's credentials, in lower case: no workflow sees them. */
    public Set<String> hidden() {
        return hidden;
    }

    /** Whether it is for the trigger to answer the browser that asks what it may send. */
    public boolean answersPreflight() {
        return cors != null;
    }

    /** Answers a browser's question; refuses (403) as the request itself would be. */
    public void preflight(HttpServletRequest request, HttpServletResponse response) {
        admitAddress(request);
        if (cors != null) {
            cors.preflight(request, response);
        }
    }

    /** Refuses a request by what can be known before its body is read; null where it may come again. */
    public @Nullable Signed admit(HttpServletRequest request, HttpServletResponse response) {
        admitAddress(request);
        if (cors != null) {
            cors.admit(request, response);
        }
        switch (authentication) {
            case Authentication.None none -> {}
            case Authentication.Signature scheme -> {} // needs the body
            case Authentication.ApiKey header ->
                require(
                        Credentials.apiKey(request.getHeader(header.header()), ready(keys().apiKeys())),
                        "ApiKey",
                        response);
            case Authentication.Basic basic ->
                require(
                        Credentials.basic(request, ready(keys().logins())),
                        "Basic realm=\"webhook\", charset=\"UTF-8\"",
                        response);
            case Authentication.Jwt jwt -> {
                return token(jwt, request, response);
            }
        }
        return null;
    }

    /** A token with an id counts once: it is known by that id, since its text may be written in more than one way. */
    private @Nullable Signed token(Authentication.Jwt jwt, HttpServletRequest request, HttpServletResponse response) {
        var now = tools.clock().instant();
        var accepted = Credentials.token(request, ready(keys().tokens()), now);
        require(accepted.isPresent(), "Bearer", response);
        return accepted.filter(_ -> jwt.refuseRepeats())
                .map(token -> token.id() == null
                        ? null
                        : new Signed(
                                seen(token.id().getBytes(StandardCharsets.UTF_8)), Duration.between(now, token.ends())))
                .orElse(null);
    }

    /** Refuses a request whose body is not signed as it must be; null where it may come again. */
    public @Nullable Signed verify(HttpServletRequest request, HttpServletResponse response, byte[] body) {
        if (signature == null || !(authentication instanceof Authentication.Signature scheme)) {
            return null;
        }
        var genuine = signature.check(
                request, body, ready(keys().hmac()), tools.clock().instant());
        require(genuine.isPresent(), "Signature", response);
        return scheme.refuseRepeats()
                ? genuine.map(one -> new Signed(seen(one.mac()), one.remaining()))
                        .orElse(null)
                : null;
    }

    /** Counts a request that has proven itself: nobody else can use up what a sender needs. */
    public void count(HttpServletResponse response) {
        if (perMinute == null) {
            return;
        }
        var which = place.workflow() + "/" + place.element() + (place.draft() ? "/draft" : "");
        tools.limits().count("webhook/" + which, perMinute, response);
    }

    private void admitAddress(HttpServletRequest request) {
        if (!allowFrom.isEmpty()) {
            var address = tools.addresses().of(request);
            if (address == null || allowFrom.stream().noneMatch(range -> range.contains(address))) {
                throw TriggerException.foreignAddress();
            }
        }
    }

    private Keys keys() {
        return tools.keys().of(place.organization(), place.workflow(), connection);
    }

    /** Without a key nobody passes: whoever sends may come again once the connection is there. */
    private static <T> List<T> ready(List<T> keys) {
        if (keys.isEmpty()) {
            throw TriggerException.notReady();
        }
        return keys;
    }

    private static void require(boolean proven, String challenge, HttpServletResponse response) {
        if (!proven) {
            response.setHeader("WWW-Authenticate", challenge);
            throw TriggerException.unproven();
        }
    }

    private byte[] seen(byte[] mac) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(place.workflow().toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) (place.draft() ? 1 : 0));
            digest.update(place.element().getBytes(StandardCharsets.UTF_8));
            return digest.digest(mac);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
