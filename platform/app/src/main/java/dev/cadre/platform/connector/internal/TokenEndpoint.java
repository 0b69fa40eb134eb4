package dev.cadre.platform.connector.internal;

import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.connector.OAuth2;
import dev.cadre.spi.connector.OAuthSettings;
import dev.cadre.spi.http.HttpClient;
import dev.cadre.spi.http.HttpRequest;
import dev.cadre.spi.http.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks authorization servers for tokens, through the egress guard. */
@Component
class TokenEndpoint {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http;
    private final JsonMapper json;
    private final Clock clock;

    TokenEndpoint(HttpClient http, JsonMapper json, Clock clock) {
        this.http = http;
        this.json = json;
        this.clock = clock;
    }

    Tokens exchange(OAuth2 oauth, OAuthSettings client, String code, String verifier, String redirect) {
        return ask(
                oauth,
                client,
                null,
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "code_verifier",
                        verifier,
                        "redirect_uri",
                        redirect));
    }

    /** Keeps the old refresh token where the server does not give a new one. */
    Tokens refresh(OAuth2 oauth, OAuthSettings client, String refresh) {
        return ask(oauth, client, refresh, Map.of("grant_type", "refresh_token", "refresh_token", refresh));
    }

    private Tokens ask(OAuth2 oauth, OAuthSettings client, @Nullable String refresh, Map<String, String> parameters) {
        var form = new LinkedHashMap<>(parameters);
        form.put("client_id", client.clientId());
        form.put("client_secret", client.clientSecret().value());
        var answer = http.send(new HttpRequest(
                "POST",
                oauth.tokenEndpoint(),
                Map.of(
                        "Content-Type", List.of("application/x-www-form-urlencoded"),
                        "Accept", List.of("application/json")),
                encode(form).getBytes(StandardCharsets.UTF_8),
                TIMEOUT));
        if (answer.status() == 429 || answer.status() >= 500) {
            throw new Retryable(
                    "AUTHORIZATION_UNAVAILABLE",
                    "The authorization server answered with status " + answer.status() + ".");
        }
        var body = read(answer);
        var access = body.path("access_token").asString("");
        if (answer.status() != 200 || access.isBlank()) {
            var error = body.path("error").asString("status " + answer.status());
            throw new Rejected(
                    "CONNECTION_NOT_AUTHORIZED",
                    "The authorization server refused (" + error + "). Authorize the connection again.");
        }
        int seconds = body.path("expires_in").asInt(0);
        return new Tokens(
                access,
                body.path("refresh_token").asString(refresh),
                seconds <= 0 ? null : clock.instant().plusSeconds(seconds));
    }

    private JsonNode read(HttpResponse answer) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException e) {
            return json.createObjectNode();
        }
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
