package dev.cadre.platform.identity.sso;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** An identity provider over real HTTP that says whatever a test wants, also what no honest one would. */
final class TestProvider implements AutoCloseable {

    static final String CLIENT = "cadre-client";
    static final String SECRET = "a secret of more than thirty-two characters";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final List<RSAKey> published = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> tokenRequests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** Laid over what it says of itself. */
    final Map<String, Object> metadata = new HashMap<>();

    volatile RSAKey key = key("first");
    volatile int tokenStatus = 200;
    volatile Map<String, Object> tokenAnswer = Map.of();
    volatile Map<String, Object> userInfo = Map.of();

    private TestProvider(HttpServer server) {
        this.server = server;
        published.add(key);
    }

    static TestProvider start() {
        try {
            var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            var provider = new TestProvider(server);
            server.createContext(
                    "/.well-known/openid-configuration", exchange -> json(exchange, 200, provider.metadata()));
            server.createContext(
                    "/keys",
                    exchange -> json(exchange, 200, new JWKSet(List.copyOf(provider.published)).toJSONObject()));
            server.createContext("/userinfo", exchange -> json(exchange, 200, provider.userInfo));
            server.createContext("/token", provider::token);
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Map<String, Object> metadata() {
        var all = new LinkedHashMap<String, Object>();
        all.put("issuer", issuer());
        all.put("authorization_endpoint", issuer() + "/authorize");
        all.put("token_endpoint", issuer() + "/token");
        all.put("userinfo_endpoint", issuer() + "/userinfo");
        all.put("jwks_uri", issuer() + "/keys");
        all.put("response_types_supported", List.of("code"));
        all.put("subject_types_supported", List.of("public"));
        all.put("id_token_signing_alg_values_supported", List.of("RS256"));
        all.putAll(metadata);
        return all;
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = new HashMap<String, String>();
        for (var pair : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&")) {
            var parts = pair.split("=", 2);
            form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        tokenRequests.add(form);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        json(exchange, tokenStatus, tokenAnswer);
    }

    private static void json(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** The next code is redeemed for this ID token. */
    void gives(String idToken) {
        tokenStatus = 200;
        var answer = new HashMap<String, Object>();
        answer.put("access_token", "access-" + UUID.randomUUID());
        answer.put("token_type", "Bearer");
        answer.put("refresh_token", "refresh-" + UUID.randomUUID());
        answer.put("id_token", idToken);
        tokenAnswer = answer;
    }

    void refuses(String error) {
        tokenStatus = 400;
        tokenAnswer = Map.of("error", error);
    }

    /** A new key signs from now on, and is published beside the old one. */
    void rotate() {
        key = key(UUID.randomUUID().toString());
        published.add(key);
    }

    /** What an honest provider says of somebody; a claim of null is left out. */
    Map<String, Object> claims(String nonce, Map<String, ?> more) {
        var claims = new HashMap<String, Object>();
        claims.put("iss", issuer());
        claims.put("aud", CLIENT);
        claims.put("sub", "subject-" + UUID.randomUUID());
        claims.put("nonce", nonce);
        claims.put("iat", Date.from(Instant.now()));
        claims.put("exp", Date.from(Instant.now().plusSeconds(300)));
        claims.put("email_verified", true);
        claims.put("name", "Grace Hopper");
        claims.putAll(more);
        claims.values().removeIf(value -> value == null || value.equals(""));
        return claims;
    }

    String sign(Map<String, Object> claims) {
        return sign(
                key,
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                claims);
    }

    static String sign(RSAKey key, JWSHeader header, Map<String, Object> claims) {
        try {
            var token = new SignedJWT(header, set(claims));
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWTClaimsSet set(Map<String, Object> claims) {
        var set = new JWTClaimsSet.Builder();
        claims.forEach(set::claim);
        return set.build();
    }

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an owner enters to use it; {@code more} in the place of what is here. */
    Map<String, Object> settings(Map<String, ?> more) {
        var settings = new HashMap<String, Object>(Map.of(
                "issuer",
                issuer(),
                "clientId",
                CLIENT,
                "clientSecret",
                SECRET,
                "defaultRole",
                "viewer",
                "groupRoles",
                new ArrayList<>(),
                "trustsEmails",
                false,
                "enforced",
                false));
        settings.putAll(more);
        return settings;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
